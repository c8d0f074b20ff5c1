import { Injectable } from '@nestjs/common';
import type { Available } from '../domain/channel.rules.js';
import type { NoticeInHand } from '../messages.repository.js';
import { EmailChannel } from './email.channel.js';
import { SmsChannel } from './sms.channel.js';

/** Which channels are set up: by the program's settings, and by those of the council. */
@Injectable()
export class ChannelsAvailable {
  constructor(
    private readonly email: EmailChannel,
    private readonly sms: SmsChannel,
  ) {}

  of({ council }: Pick<NoticeInHand, 'council'>): Available {
    return { sms: council.smsGateway !== null || this.sms.needsNoGateway, email: this.email.isAvailable, letter: true };
  }
}
