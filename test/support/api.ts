import { conformanceOf } from './conformance.js';

/** One answer with its body. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into bodies of every shape; what they expect is what checks the type.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

interface Extras {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the API as one caller; paths begin after `/api/v1`. An answer that does not agree with the OpenAPI document is an error. */
export class Api {
  constructor(
    readonly url: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** The same API without a token. */
  get anonymous(): Api {
    return new Api(this.url);
  }

  get(path: string, extras: Extras = {}): Promise<Answer> {
    return this.send('GET', path, undefined, extras);
  }

  post(path: string, body: unknown = {}, extras: Extras = {}): Promise<Answer> {
    return this.send('POST', path, body, extras);
  }

  /** Sends `If-Match` with this version. */
  patch(path: string, version: number, body: unknown, extras: Extras = {}): Promise<Answer> {
    return this.send('PATCH', path, body, { headers: { 'if-match': `"${version}"`, ...extras.headers } });
  }

  /** Sends `If-Match` with this version; null means that the thing must not exist yet. */
  put(path: string, version: number | null, body: unknown, extras: Extras = {}): Promise<Answer> {
    const precondition: Record<string, string> = version === null ? { 'if-none-match': '*' } : { 'if-match': `"${version}"` };
    return this.send('PUT', path, body, { headers: { ...precondition, ...extras.headers } });
  }

  delete(path: string, extras: Extras = {}): Promise<Answer> {
    return this.send('DELETE', path, undefined, extras);
  }

  async send(method: string, path: string, body: unknown, { headers = {} }: Extras = {}): Promise<Answer> {
    const form = body instanceof FormData ? body : undefined;
    const sent = textOf(body);
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      ...((form ?? sent) !== undefined && { body: form ?? sent }),
      headers: { ...this.headers, ...(sent !== undefined && { 'content-type': 'application/json' }), ...headers },
    });
    const text = await answer.text();
    const contentType = answer.headers.get('content-type');
    const conformance = await conformanceOf(this.url);
    conformance.check({ method, path, sent, status: answer.status, contentType, text });
    const isJson = /json/.test(contentType ?? '');
    return { status: answer.status, headers: answer.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
  }
}

/** A body as text, as it is sent; a form is sent in its own way. */
function textOf(body: unknown): string | undefined {
  if (body === undefined || body instanceof FormData) return undefined;
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** The body of an answer that must have this status. @throws Error with the whole answer when it has another */
export function expectStatus(answer: Answer, status: number): Answer['body'] {
  if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
