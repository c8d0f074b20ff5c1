import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A connection to a server that a test may cut. */
export interface TestProxy {
  /** The address of the server through this connection. */
  readonly url: string;
  /** Ends every connection and accepts no new one. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** From now on each new connection ends with these bytes: they arrive together with the first that end with `after`. */
  endAfter(after: Buffer, last: Buffer): void;
  close(): Promise<void>;
}

/** Puts such a connection in front of the server at `url`. */
export async function proxyTo(url: string): Promise<TestProxy> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let ownPort = 0;
  let ending: { readonly after: Buffer; readonly last: Buffer } | undefined;

  const mend = async () => {
    server = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far);
      if (!ending) {
        far.pipe(near);
        return;
      }
      const { after, last } = ending;
      far.on('data', (bytes: Buffer) => {
        if (bytes.subarray(-after.length).equals(after)) near.end(Buffer.concat([bytes, last]));
        else near.write(bytes);
      });
    }).listen(ownPort, '127.0.0.1');
    await once(server, 'listening');
    ownPort = (server.address() as AddressInfo).port;
  };
  const cut = async () => {
    const closed = server && once(server, 'close');
    server?.close();
    for (const socket of sockets) socket.destroy();
    await closed;
    server = undefined;
  };
  await mend();
  const through = new URL(url);
  through.host = `127.0.0.1:${ownPort}`;
  const endAfter = (after: Buffer, last: Buffer) => {
    ending = { after, last };
  };
  return { url: through.href, cut, mend, endAfter, close: cut };
}
