import { Injectable } from '@nestjs/common';
import { Mailer } from '../../../platform/index.js';
import { type OutgoingMessage, type SendingOutcome, TransientFailure } from './sending.js';

/** The error that nodemailer throws. */
interface SmtpFault {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  /** The answer of the mail server. */
  readonly response?: string;
}

/** Enhanced status codes (RFC 3463) that do not blame the mailbox, but its mail system, the network, the protocol, or the sender. */
const NOT_THE_MAILBOX = /^\d{3}[ -]5\.[3457]\.\d/;

/** Sends notices as e-mails. */
@Injectable()
export class EmailChannel {
  constructor(private readonly mailer: Mailer) {}

  get isAvailable(): boolean {
    return this.mailer.isConfigured;
  }

  /** @throws TransientFailure */
  async send({ councilId, id, to, language, text }: OutgoingMessage): Promise<SendingOutcome> {
    try {
      await this.mailer.send({ councilId, to, subject: text.subject ?? '', text: text.body, language, messageId: id });
      return { taken: true, providerId: null };
    } catch (error) {
      const { code = 'ESOCKET', command, responseCode = 0, response = '' } = error as SmtpFault;
      const isForGood = responseCode >= 500 && responseCode < 600 && !NOT_THE_MAILBOX.test(response);
      // A refusal at RCPT TO blames the address, and one at DATA this message. A refusal before them (signing in, the sender) blames our own
      // settings.
      if (isForGood && command === 'RCPT TO') return { taken: false, addressDead: true, problem: `SMTP_${responseCode}` };
      if (isForGood && code === 'EMESSAGE') return { taken: false, addressDead: false, problem: `SMTP_${responseCode}` };
      throw new TransientFailure(responseCode > 0 ? `SMTP_${responseCode}` : `SMTP_${code}`);
    }
  }
}
