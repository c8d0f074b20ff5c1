import { Injectable } from '@nestjs/common';
import { Outside, OutsideFault } from '../../../platform/index.js';
import { type SmsGateway, smsOutcome, smsRequest } from '../domain/sms-gateway.rules.js';
import { NotNow, type Outgoing, type SendingOutcome } from './sending.js';

/** Sends notices as SMS by the gateway that a council has set up. */
@Injectable()
export class SmsChannel {
  constructor(private readonly outside: Outside) {}

  /** @throws NotNow */
  async send(gateway: SmsGateway, { id, to, text }: Outgoing): Promise<SendingOutcome> {
    const answer = await this.outside.call(smsRequest(gateway, { id, to, text: text.body })).catch((error: unknown) => {
      throw error instanceof OutsideFault ? new NotNow(`SMS_${error.code}`) : error;
    });
    const outcome = smsOutcome(gateway, answer);
    if (outcome.kind === 'not_now') throw new NotNow(outcome.problem);
    if (outcome.kind === 'taken') return { taken: true, providerId: outcome.providerId };
    return { taken: false, addressDead: false, problem: outcome.problem };
  }
}
