import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, type Api, expectStatus } from './api.js';

/** One request that the gateway received. */
export interface SentSms {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly to: string; readonly text: string; readonly id: string };
}

/** A real HTTP gateway that keeps every request. */
export interface TestGateway {
  readonly url: string;
  readonly sent: SentSms[];
  /** Answers the next requests with these, one each, instead of 200 and an id. */
  answerNext(...answers: GatewayAnswer[]): void;
  /** Breaks the connections of the next requests once the whole request has arrived. `taken` keeps the message, `lost` does not. */
  breakNext(count: number, request: 'taken' | 'lost'): void;
  /** Forgets all requests, and what was planned for the next ones. */
  forget(): void;
  close(): Promise<void>;
}

interface GatewayAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** What it does between receiving the message and answering. */
  readonly before?: () => Promise<unknown>;
}

export async function startSmsGateway(): Promise<TestGateway> {
  const sent: SentSms[] = [];
  const answers: GatewayAnswer[] = [];
  const breaks: ('taken' | 'lost')[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    request.on('end', () => {
      const fate = breaks.shift();
      if (fate !== undefined) request.socket.destroy();
      if (fate === 'lost') return;
      const usual: GatewayAnswer = { status: 200, body: { status: 'OK', message: { id: `gw-${sent.length + 1}` } } };
      const { status, body, headers, before } = answers.shift() ?? usual;
      sent.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: text === '' ? {} : JSON.parse(text),
      });
      const answer = () => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body ?? {}));
      if (fate === undefined) void Promise.resolve(before?.()).then(answer, answer);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    sent,
    answerNext: (...next) => {
      answers.push(...next);
    },
    breakNext: (count, request) => void breaks.push(...Array<typeof request>(count).fill(request)),
    forget() {
      for (const list of [sent, answers, breaks]) list.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

const SECRET = 'a secret that both sides know';

/** The settings of a council for such a gateway. */
export const gatewaySettings = (url: string) => ({
  method: 'POST',
  url: `${url}/send`,
  headers: [{ name: 'Authorization', value: 'Bearer key' }],
  body: '{"to":"{to}","text":"{text}","id":"{id}"}',
  success: { pointer: '/status', values: ['OK'] },
  messageIdPointer: '/message/id',
  receipts: {
    secret: SECRET,
    idPointer: '/id',
    statusPointer: '/status',
    delivered: ['DELIVRD'],
    failed: ['UNDELIV'],
    fromPointer: '/from',
    textPointer: '/text',
    stopWords: ['STOP', 'ARRET'],
  },
});

let posted = 0;

/** Posts a receipt as the gateway does, with a signature of the given instant. */
export async function postReceipt(
  api: Api,
  body: object,
  { at, secret = SECRET, id = `receipt-${++posted}` }: { at: Date; secret?: string; id?: string },
): Promise<Answer> {
  const { code } = expectStatus(await api.get('/council'), 200);
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac('sha256', secret)
    .update(`${id}.${timestamp}.${JSON.stringify(body)}`)
    .digest('base64');
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
  return api.anonymous.post(`/public/${code}/sms-receipts`, body, { headers });
}
