import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** What the API answered instead of what was asked for. */
class UnexpectedAnswer extends Error {}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT';

/** The longest text of an answer that an error quotes. */
const QUOTED = 500;

/** A client of the program's own REST API, as any council's system would be. It needs no port: it calls the application within the process. */
export class RestClient {
  private token = '';

  constructor(
    private readonly app: NestFastifyApplication,
    private readonly client: { readonly id: string; readonly secret: string },
  ) {}

  /** Signs in with client credentials. A token lives for an hour of the application's clock. */
  async signIn(): Promise<void> {
    const { id, secret } = this.client;
    const answer = await this.app.inject({
      method: 'POST',
      url: '/api/v1/oauth/token',
      headers: {
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: 'grant_type=client_credentials',
    });
    const { access_token: token } = answer.json<{ access_token?: string }>();
    if (token === undefined) throw new UnexpectedAnswer(`signing in was answered ${answer.statusCode}`);
    this.token = token;
  }

  /** @throws UnexpectedAnswer for anything but 2xx */
  get<Body extends object>(path: string): Promise<Body> {
    return this.send('GET', path);
  }

  /** POSTs and reads the answer. @throws UnexpectedAnswer for anything but 2xx */
  post<Body extends object = { id: string }>(path: string, body: object = {}): Promise<Body> {
    return this.send('POST', path, JSON.stringify(body), { 'content-type': 'application/json' });
  }

  /** PATCHes whatever version there is, and reads the answer. @throws UnexpectedAnswer for anything but 2xx */
  patch<Body extends object = { id: string }>(path: string, body: object): Promise<Body> {
    return this.send('PATCH', path, JSON.stringify(body), { 'content-type': 'application/json', 'if-match': '*' });
  }

  /** PUTs in place of whatever version there is, and reads the answer. @throws UnexpectedAnswer for anything but 2xx */
  put<Body extends object>(path: string, body: object): Promise<Body> {
    return this.send('PUT', path, JSON.stringify(body), { 'content-type': 'application/json', 'if-match': '*' });
  }

  /** POSTs a form with a file, and reads the answer. @throws UnexpectedAnswer for anything but 2xx */
  async upload<Body extends object = { id: string }>(path: string, form: FormData): Promise<Body> {
    const encoded = new Response(form);
    const payload = Buffer.from(await encoded.arrayBuffer());
    return this.send('POST', path, payload, { 'content-type': encoded.headers.get('content-type') ?? '' });
  }

  /** Fetches a file, and leaves it at that. @throws UnexpectedAnswer for anything but 2xx */
  async download(path: string): Promise<void> {
    await this.call('GET', path);
  }

  private async send<Body extends object>(...asked: Parameters<RestClient['call']>): Promise<Body> {
    return JSON.parse(await this.call(...asked)) as Body;
  }

  /** The body of the answer as text. */
  private async call(
    method: Method,
    path: string,
    payload?: string | Buffer,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const answer = await this.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${this.token}`, ...headers },
      ...(payload !== undefined && { payload }),
    });
    if (answer.statusCode < 200 || answer.statusCode > 299)
      throw new UnexpectedAnswer(`${method} ${path} was answered ${answer.statusCode}: ${answer.body.slice(0, QUOTED)}`);
    return answer.body;
  }
}
