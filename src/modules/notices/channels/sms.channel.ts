import { Injectable } from '@nestjs/common';
import { OutsideClient, OutsideFault, ShownMessagesRepository } from '../../../platform/index.js';
import { type SmsGateway, smsOutcome, smsRequest } from '../domain/sms-gateway.rules.js';
import { type OutgoingMessage, type SendingOutcome, TransientFailure } from './sending.js';

/**
 * Sends notices as SMS by the gateway that a council has set up. Without one they are kept to be shown on a page, where the program is set up
 * for that.
 */
@Injectable()
export class SmsChannel {
  constructor(
    private readonly outside: OutsideClient,
    private readonly shown: ShownMessagesRepository,
  ) {}

  /** Whether SMS can be sent without a gateway. */
  get needsNoGateway(): boolean {
    return this.shown.isOn;
  }

  /** @throws TransientFailure */
  async send(gateway: SmsGateway | null, { councilId, id, to, language, text }: OutgoingMessage): Promise<SendingOutcome> {
    if (gateway === null) {
      await this.shown.keep({ councilId, channel: 'sms', id, to, language, subject: null, text: text.body });
      return { taken: true, providerId: null };
    }
    const answer = await this.outside.call(smsRequest(gateway, { id, to, text: text.body })).catch((error: unknown) => {
      if (!(error instanceof OutsideFault)) throw error;
      if (!error.isOfSettings) throw new TransientFailure(`SMS_${error.code}`);
      return error;
    });
    if (answer instanceof OutsideFault) return { taken: false, addressDead: false, problem: `SMS_${answer.code}` };
    const outcome = smsOutcome(gateway, answer);
    if (outcome.kind === 'not_now') throw new TransientFailure(outcome.problem);
    if (outcome.kind === 'taken') return { taken: true, providerId: outcome.providerId };
    return { taken: false, addressDead: false, problem: outcome.problem };
  }
}
