import { Injectable } from '@nestjs/common';
import { HandlesJob, type Job } from '../../platform/index.js';
import { INVITATION_MAIL, InvitationsService } from './invitations.service.js';

@Injectable()
export class IdentityJobs {
  constructor(private readonly invitations: InvitationsService) {}

  @HandlesJob(INVITATION_MAIL, { lane: 'urgent' })
  invitationMail(job: Job): Promise<void> {
    return this.invitations.deliver(job);
  }
}
