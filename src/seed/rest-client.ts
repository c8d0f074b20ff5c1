/** What the API answered instead of what was asked for. */
class UnexpectedAnswer extends Error {}

/** A client of the program's own REST API, as any council's system would be. */
export class RestClient {
  constructor(
    readonly baseUrl: string,
    private readonly token: string,
  ) {}

  /** Signs in with client credentials. */
  static async signIn(baseUrl: string, client: { id: string; secret: string }): Promise<RestClient> {
    const answer = await fetch(`${baseUrl}/api/v1/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (token === undefined) throw new UnexpectedAnswer(`signing in was answered ${answer.status}`);
    return new RestClient(baseUrl, token);
  }

  /** POSTs and reads the answer. @throws UnexpectedAnswer for anything but 2xx */
  post<Body extends object = { id: string }>(path: string, body: unknown): Promise<Body> {
    return this.send('POST', path, body);
  }

  /** PATCHes whatever version there is, and reads the answer. @throws UnexpectedAnswer for anything but 2xx */
  patch<Body extends object = { id: string }>(path: string, body: unknown): Promise<Body> {
    return this.send('PATCH', path, body, { 'if-match': '*' });
  }

  private async send<Body extends object>(
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Body> {
    const answer = await fetch(`${this.baseUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new UnexpectedAnswer(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  }
}
