import type { AddressInfo, Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** A real SMTP server that keeps what it is given. */
export interface SmtpSink {
  readonly url: string;
  readonly mails: ParsedMail[];
  /** Whom mail was said to come from, message by message (MAIL FROM, not the header). */
  readonly senders: string[];
  /** The next messages are answered with these codes instead of being taken, one each. */
  refuseNext(...codes: number[]): void;
  /** No mail for this address is taken any more, or from now on it is again. */
  refuseRecipient(address: string, code: number | null, words?: string): void;
  /** It takes messages and says nothing to them, until what is returned is called. */
  holdAnswers(): () => void;
  /** Messages that it has taken and not answered. */
  held(): number;
  /** The connections of the next so many messages break when all of a message has come: it is taken before that, or is not. */
  breakNext(count: number, message: 'taken' | 'lost'): void;
  /** Every connection breaks, and each new one at once, until it is there again. */
  goAway(): void;
  comeBack(): void;
  /** What came so far counts for nothing, and what it was told to do with the next messages. */
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
  const waiting = new Set<() => void>();
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
      return () => {
        holds = false;
        for (const answer of waiting) answer();
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
