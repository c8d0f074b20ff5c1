import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { AvailableChannels } from '../domain/channel.rules.js';
import type { NoticeToSend } from '../sending/messages.repository.js';
import { SmsGatewaysRepository } from './sms-gateways.repository.js';
import { EmailChannel } from './email.channel.js';
import { SmsChannel } from './sms.channel.js';

/** Says which channels can be used: some are set up in the settings of the program, others by the council. */
@Injectable()
export class AvailableChannelsReader {
  constructor(
    private readonly email: EmailChannel,
    private readonly sms: SmsChannel,
    private readonly gateways: SmsGatewaysRepository,
  ) {}

  of({ council }: Pick<NoticeToSend, 'council'>): AvailableChannels {
    return this.where(council.smsGateway !== null);
  }

  async ofCouncil(tx: Tx): Promise<AvailableChannels> {
    return this.where(await this.gateways.isSet(tx));
  }

  private where(hasGateway: boolean): AvailableChannels {
    return { sms: hasGateway || this.sms.needsNoGateway, email: this.email.isAvailable, letter: true };
  }
}
