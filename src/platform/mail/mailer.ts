import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { Settings } from '../config/settings.js';
import { ShownMessagesRepository } from '../messages/shown-messages.repository.js';

export interface Mail {
  /** The council whose mail it is. */
  readonly councilId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The language of the text, such as `fr`. */
  readonly language: string;
  /** The same for every attempt to send the same message, so that a duplicate can be recognised (RFC 5322, Message-ID). */
  readonly messageId: string;
}

/** The header by which a delivery report is assigned to its council. */
export const COUNCIL_HEADER = 'x-council-id';

const PATIENCE_MS = 20_000;

/** Sends mail over SMTP. Without a mail server it is shown on the page of messages. */
@Injectable()
export class Mailer implements OnModuleInit, OnApplicationShutdown {
  private transport: Transporter | null = null;

  constructor(
    private readonly settings: Settings,
    private readonly shown: ShownMessagesRepository,
  ) {}

  async onModuleInit(): Promise<void> {
    const { smtpUrl } = this.settings;
    if (smtpUrl === null) return;
    const { createTransport } = await import('nodemailer');
    this.transport = createTransport({
      url: smtpUrl,
      pool: true,
      maxConnections: 5,
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
    });
  }

  /** Whether a mail server is configured. */
  get isConfigured(): boolean {
    return this.settings.smtpUrl !== null || this.shown.isOn;
  }

  /** Resolves once the server has accepted the message. @throws the error of the server or of the connection */
  async send({ councilId, to, subject, text, language, messageId }: Mail): Promise<void> {
    if (!this.transport) return this.shown.keep({ councilId, channel: 'email', id: messageId, to, language, subject, text });
    const { mailFrom, mailBounces } = this.settings;
    const domain = /@([\w.-]+)/.exec(mailFrom)?.[1] ?? 'localhost';
    await this.transport.sendMail({
      from: mailFrom,
      ...(mailBounces !== null && { envelope: { from: mailBounces, to } }),
      to: { name: '', address: to },
      subject,
      text,
      messageId: `<${messageId}@${domain}>`,
      headers: { [COUNCIL_HEADER]: councilId, 'content-language': language, 'auto-submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}
