import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** A real SMTP server that keeps what it is given. */
export interface SmtpSink {
  readonly url: string;
  readonly mails: ParsedMail[];
  /** The next messages are answered with these codes instead of being taken, one each. */
  refuseNext(...codes: number[]): void;
  /** No mail for this address is taken any more, or from now on it is again. */
  refuseRecipient(address: string, code: number | null): void;
  close(): Promise<void>;
}

export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: ParsedMail[] = [];
  const refusals: number[] = [];
  const unknown = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      const responseCode = unknown.get(address);
      done(responseCode === undefined ? null : Object.assign(new Error('no such mailbox'), { responseCode }));
    },
    onData(stream: SMTPServerDataStream, _session, done) {
      simpleParser(stream).then(
        (mail) => {
          const responseCode = refusals.shift();
          if (responseCode !== undefined) {
            done(Object.assign(new Error('not now'), { responseCode }));
            return;
          }
          mails.push(mail);
          done();
        },
        (error: unknown) => done(error as Error),
      );
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuseNext: (...codes) => void refusals.push(...codes),
    refuseRecipient(address, code) {
      if (code === null) unknown.delete(address);
      else unknown.set(address, code);
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
