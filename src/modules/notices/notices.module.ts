import { Module } from '@nestjs/common';
import { NoticesJobs } from './notices.jobs.js';
import { NoticesRepository } from './notices.repository.js';
import { RemindersService } from './reminders.service.js';

@Module({ providers: [NoticesJobs, NoticesRepository, RemindersService] })
export class NoticesModule {}
