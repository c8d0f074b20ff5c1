/** One answer of the API. */
export interface Answer {
  readonly status: number;
  readonly body: Body;
}

/** What the story reads of an answer; it prints what it finds, and checks it. */
export interface Body {
  readonly id: string;
  readonly [member: string]: unknown;
}

/** Tells a story line by line with the real answers, and remembers whether each was the expected one. */
export class Story {
  private surprises = 0;
  private checks = 0;
  private token = '';

  constructor(private readonly baseUrl: string) {}

  /** Signs in with client credentials, as a council's system does. */
  async signIn(id: string, secret: string): Promise<void> {
    const headers = { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
    const answer = await fetch(`${this.baseUrl}/api/v1/oauth/token`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    this.token = ((await answer.json()) as { access_token: string }).access_token;
  }

  chapter(title: string): void {
    process.stdout.write(`\n${title}\n${'-'.repeat(title.length)}\n`);
  }

  tell(text: string): void {
    process.stdout.write(`  ${text}\n`);
  }

  /** Tells what was found, and counts a surprise where it is not what was expected. */
  check(text: string, expected: unknown, found: unknown): void {
    const asExpected = JSON.stringify(expected) === JSON.stringify(found);
    this.checks += 1;
    if (!asExpected) this.surprises += 1;
    process.stdout.write(
      `  ${asExpected ? '✓' : '✗'} ${text}${asExpected ? '' : ` (expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)})`}\n`,
    );
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  /** What a path answers in another form than JSON. */
  async text(path: string, accept: string): Promise<string> {
    const answer = await fetch(`${this.baseUrl}/api/v1${path}`, { headers: { authorization: `Bearer ${this.token}`, accept } });
    return answer.text();
  }

  /** POSTs, tells what happened, and checks the status. */
  async post(text: string, path: string, body: unknown, expected = 201): Promise<Body> {
    const answer = await this.call('POST', path, body);
    this.report(text, `POST ${path}`, answer, expected);
    return answer.body;
  }

  /** Sends a file as a form. */
  async upload(text: string, path: string, form: FormData, expected: number): Promise<Body> {
    const answer = await this.call('POST', path, form);
    this.report(text, `POST ${path}`, answer, expected);
    return answer.body;
  }

  /** Says how it went; 0 when each answer was the expected one. */
  end(): number {
    process.stdout.write(`\n${this.checks} answers, ${this.surprises === 0 ? 'each as expected' : `${this.surprises} not as expected`}.\n`);
    return this.surprises === 0 ? 0 : 1;
  }

  report(text: string, call: string, { status, body }: Answer, expected: number): void {
    const code = typeof body.code === 'string' && status >= 400 ? ` ${body.code}` : '';
    this.check(`${text}  [${shortened(call)} → ${status}${code}]`, expected, status);
    if (status !== expected) this.tell(`    ${JSON.stringify(body)}`);
  }

  /** Calls the API; a form goes as it is, anything else as JSON. */
  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const isForm = body instanceof FormData;
    const answer = await fetch(`${this.baseUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
        // Nobody else changes anything meanwhile.
        ...(method === 'PATCH' && { 'if-match': '*' }),
        ...(method === 'PUT' && { 'if-none-match': '*' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Body };
  }
}

const shortened = (call: string) => call.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => `…${id.slice(-4)}`);
