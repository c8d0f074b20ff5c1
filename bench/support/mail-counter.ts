import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A local mail server that counts what it takes, message by message. */
export interface MailCounter {
  readonly url: string;
  /** Different messages, by their Message-ID. */
  readonly different: () => number;
  /** All, with those that came twice. */
  readonly taken: () => number;
  close(): Promise<void>;
}

export async function startMailCounter(): Promise<MailCounter> {
  const ids = new Set<string>();
  let taken = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      let text = '';
      stream.setEncoding('latin1').on('data', (piece: string) => (text += piece));
      stream.on('end', () => {
        taken += 1;
        ids.add(/^message-id: *(\S+)/im.exec(text)?.[1] ?? '');
        done();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    different: () => ids.size,
    taken: () => taken,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
