import { Injectable } from '@nestjs/common';
import { HandlesJob, Hears, type Job } from '../../platform/index.js';
import { REMINDER_DELIVERY, REMINDER_DUE, RemindersService } from './reminders.service.js';

@Injectable()
export class NoticesJobs {
  constructor(private readonly reminders: RemindersService) {}

  @Hears('loan.handed_over', 'reminders')
  handedOver(job: Job): Promise<void> {
    return job.complete((tx) => this.reminders.schedule(tx, String(job.ids.loanId)));
  }

  @Hears('loan.due_date_changed', 'reminders')
  dueDateChanged(job: Job): Promise<void> {
    return job.complete((tx) => this.reminders.schedule(tx, String(job.ids.loanId)));
  }

  @HandlesJob(REMINDER_DUE)
  due(job: Job): Promise<void> {
    return this.reminders.makeCopies(job);
  }

  @HandlesJob(REMINDER_DELIVERY, { lane: 'messages' })
  delivery(job: Job): Promise<void> {
    return this.reminders.deliver(job);
  }
}
