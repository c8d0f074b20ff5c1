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
  async post<Body extends { id: string }>(path: string, body: unknown): Promise<Body> {
    const answer = await fetch(`${this.baseUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new UnexpectedAnswer(`POST ${path} was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  }
}
