import type { AddressInfo, Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** A real SMTP server that keeps every mail. */
export interface SmtpSink {
  readonly url: string;
  readonly mails: ParsedMail[];
  /** The sender of each message (MAIL FROM, not the header). */
  readonly senders: string[];
  /** Answers the next messages with these codes, one each, instead of accepting them. */
  refuseNext(...codes: number[]): void;
  /** Refuses all mail for this address with the code; null accepts it again. */
  refuseRecipient(address: string, code: number | null, words?: string): void;
  /** Accepts messages without answering, until the returned function is called; with a code they are refused then. */
  holdAnswers(): (code?: number) => void;
  /** The number of messages that were accepted and not answered. */
  held(): number;
  /** Breaks the connections of the next messages once the whole message has arrived. `taken` keeps the message, `lost` does not. */
  breakNext(count: number, message: 'taken' | 'lost'): void;
  /** Breaks every connection, and each new one at once, until it is back. */
  goAway(): void;
  comeBack(): void;
  /** Forgets all messages, and what was planned for the next ones. */
  forget(): void;
  close(): Promise<void>;
}

export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: ParsedMail[] = [];
  const senders: string[] = [];
  const refusals: number[] = [];
  const unknown = new Map<string, { responseCode: number; words: string }>();
  const breaks: ('taken' | 'lost')[] = [];
  const sockets = new Map<number, Socket>();
  const waiting = new Set<(error?: Error) => void>();
  let holds = false;
  let isAway = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onMailFrom({ address }, _session, done) {
      senders.push(address);
      done();
    },
    onRcptTo({ address }, _session, done) {
      const { responseCode, words } = unknown.get(address) ?? {};
      done(responseCode === undefined ? null : Object.assign(new Error(words), { responseCode }));
    },
    onData(stream: SMTPServerDataStream, { remotePort }, done) {
      simpleParser(stream).then(
        (mail) => {
          const responseCode = refusals.shift();
          if (responseCode !== undefined) {
            done(Object.assign(new Error('not now'), { responseCode }));
            return;
          }
          const fate = breaks.shift();
          if (fate !== 'lost') mails.push(mail);
          if (fate !== undefined) sockets.get(remotePort)?.destroy();
          else if (holds) waiting.add(done);
          else done();
        },
        (error: unknown) => done(error as Error),
      );
    },
  });
  server.on('error', () => undefined); // the connections that a test breaks
  server.server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket;
    sockets.set(
      remotePort,
      socket.once('close', () => sockets.delete(remotePort)),
    );
    if (isAway) socket.destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    senders,
    refuseNext: (...codes) => void refusals.push(...codes),
    refuseRecipient(address, responseCode, words = 'no such mailbox') {
      if (responseCode === null) unknown.delete(address);
      else unknown.set(address, { responseCode, words });
    },
    holdAnswers() {
      holds = true;
      return (responseCode) => {
        holds = false;
        const refusal = responseCode === undefined ? undefined : Object.assign(new Error('not now'), { responseCode });
        for (const answer of waiting) answer(refusal);
        waiting.clear();
      };
    },
    held: () => waiting.size,
    breakNext: (count, message) => void breaks.push(...Array<typeof message>(count).fill(message)),
    goAway() {
      isAway = true;
      for (const socket of sockets.values()) socket.destroy();
    },
    comeBack: () => void (isAway = false),
    forget() {
      for (const list of [mails, senders, refusals, breaks]) list.length = 0;
      unknown.clear();
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
