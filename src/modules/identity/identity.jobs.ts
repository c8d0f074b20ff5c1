import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobOf } from '../../platform/index.js';
import { INVITATION_MAIL, InvitationsService } from './users/invitations.service.js';

@Injectable()
export class IdentityJobs {
  constructor(private readonly invitations: InvitationsService) {}

  @HandlesJob(INVITATION_MAIL)
  invitationMail(job: JobOf<typeof INVITATION_MAIL>): Promise<void> {
    return this.invitations.deliver(job);
  }
}
