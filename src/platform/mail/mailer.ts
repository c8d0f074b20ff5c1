import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Settings } from '../config/settings.js';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Language of the text, such as `fr`. */
  readonly language: string;
  /** Always the same for the same message, so that one that is sent twice can be recognised (RFC 5322, Message-ID). */
  readonly messageId: string;
  /** Further ones. */
  readonly headers?: Readonly<Record<string, string>>;
}

const PATIENCE_MS = 20_000;

/** Sends mail over SMTP. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly transport: Transporter | null;

  constructor(private readonly settings: Settings) {
    const { smtpUrl } = settings;
    this.transport =
      smtpUrl === null
        ? null
        : createTransport({
            url: smtpUrl,
            pool: true,
            maxConnections: 5,
            connectionTimeout: PATIENCE_MS,
            greetingTimeout: PATIENCE_MS,
            socketTimeout: PATIENCE_MS,
          });
  }

  /** Whether there is a mail server to send to. */
  get isConfigured(): boolean {
    return this.transport !== null;
  }

  /** Resolves once the server has taken the message. @throws what the server or the connection said */
  async send({ to, subject, text, language, messageId, headers }: Mail): Promise<void> {
    if (!this.transport) throw new Error('SMTP_URL is not set');
    const { mailFrom, mailBounces } = this.settings;
    const domain = /@([\w.-]+)/.exec(mailFrom)?.[1] ?? 'localhost';
    await this.transport.sendMail({
      from: mailFrom,
      ...(mailBounces !== null && { envelope: { from: mailBounces, to } }),
      to: { name: '', address: to },
      subject,
      text,
      messageId: `<${messageId}@${domain}>`,
      headers: { ...headers, 'content-language': language, 'auto-submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}
