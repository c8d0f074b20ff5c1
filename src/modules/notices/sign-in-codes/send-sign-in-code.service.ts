import { Injectable } from '@nestjs/common';
import { Clock, HandlesEvent, type JobOf, PermanentFailure, Settings, Transactions } from '../../../platform/index.js';
import { textLanguage } from '../../../shared/language.js';
import { SentCodeMaker, SIGN_IN_CODE_ASKED } from '../../identity/index.js';
import { EmailChannel } from '../channels/email.channel.js';
import type { OutgoingMessage, SendingOutcome } from '../channels/sending.js';
import { SmsChannel } from '../channels/sms.channel.js';
import { SmsGatewaysRepository } from '../channels/sms-gateways.repository.js';
import { signInCodeText } from '../domain/sign-in-code.texts.js';
import { languageFor } from '../templates/languages.js';
import { smsText } from '../templates/sms-parts.js';
import { type CodeRecipient, CodeRecipientsRepository } from './code-recipients.repository.js';

/**
 * Sends the code with which a family signs in. It is no notice: somebody waits for it with the telephone in hand, so no policy, hour or pause of
 * a channel holds it up, it is combined with nothing, and no text of it is kept that staff could read.
 */
@Injectable()
export class SendSignInCodeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly recipients: CodeRecipientsRepository,
    private readonly maker: SentCodeMaker,
    private readonly sms: SmsChannel,
    private readonly email: EmailChannel,
    private readonly gateways: SmsGatewaysRepository,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** @throws TransientFailure when the provider is to be asked again; PermanentFailure when it refused, or there is none */
  @HandlesEvent(SIGN_IN_CODE_ASKED, 'sender', { lane: 'urgent' })
  async send(job: JobOf<typeof SIGN_IN_CODE_ASKED>): Promise<void> {
    const { councilId, ids } = job;
    const recipient = await this.transactions.read(councilId, (tx) => this.recipients.find(tx, ids.contactId));
    const to = ids.channel === 'sms' ? recipient?.phone : recipient?.email;
    // A code that is late would only confuse: by now another was asked for.
    if (recipient && to && this.clock.now() < new Date(ids.until)) {
      const outcome = await this.sendTo(recipient, to, councilId, ids);
      if (!outcome.taken) throw new PermanentFailure(outcome.problem);
    }
    await job.complete(() => Promise.resolve());
  }

  private sendTo(
    { language: own, councilLanguages, councilName, smsGateway }: CodeRecipient,
    to: string,
    councilId: string,
    { codeId, channel }: JobOf<typeof SIGN_IN_CODE_ASKED>['ids'],
  ): Promise<SendingOutcome> {
    const language = textLanguage(languageFor(own, councilLanguages));
    const { hostname: host } = new URL(this.settings.publicAddress);
    const text = signInCodeText({ councilName, code: this.maker.codeOf(codeId), host }, channel, language);
    const outgoing: OutgoingMessage = { councilId, id: codeId, to, language, text };
    if (channel === 'email') return this.email.isAvailable ? this.email.send(outgoing) : noChannel();
    if (smsGateway === null && !this.sms.needsNoGateway) return noChannel();
    const gateway = smsGateway === null ? null : this.gateways.openFor(councilId, smsGateway);
    return this.sms.send(gateway, { ...outgoing, text: { subject: null, body: smsText(text.body) } });
  }
}

const noChannel = (): Promise<SendingOutcome> => Promise.resolve({ taken: false, addressDead: false, problem: 'NO_CHANNEL' });
