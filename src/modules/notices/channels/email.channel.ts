import { Injectable } from '@nestjs/common';
import { Mailer } from '../../../platform/index.js';
import { NotNow, type Outgoing, type SendingOutcome } from './sending.js';

/** What nodemailer tells of a failure. */
interface SmtpFault {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  /** What the server said. */
  readonly response?: string;
}

/** Enhanced codes (RFC 3463) of refusals that are no fault of the mailbox: their system, the way there, the protocol, who we are. */
const NOT_THE_MAILBOX = /^\d{3}[ -]5\.[3457]\.\d/;

/** Sends notices as e-mails. */
@Injectable()
export class EmailChannel {
  constructor(private readonly mailer: Mailer) {}

  get isAvailable(): boolean {
    return this.mailer.isConfigured;
  }

  /** @throws NotNow */
  async send({ councilId, id, to, language, text }: Outgoing): Promise<SendingOutcome> {
    try {
      await this.mailer.send({ councilId, to, subject: text.subject ?? '', text: text.body, language, messageId: id });
      return { taken: true, providerId: null };
    } catch (error) {
      const { code = 'ESOCKET', command, responseCode = 0, response = '' } = error as SmtpFault;
      const isForGood = responseCode >= 500 && responseCode < 600 && !NOT_THE_MAILBOX.test(response);
      // Refused at RCPT TO it is the address; at DATA this message; before them, signing in or the sender, it is our own setting.
      if (isForGood && command === 'RCPT TO') return { taken: false, addressDead: true, problem: `SMTP_${responseCode}` };
      if (isForGood && code === 'EMESSAGE') return { taken: false, addressDead: false, problem: `SMTP_${responseCode}` };
      throw new NotNow(responseCode > 0 ? `SMTP_${responseCode}` : `SMTP_${code}`);
    }
  }
}
