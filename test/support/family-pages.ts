type Fields = Readonly<Record<string, string>>;

export interface ShownPage {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly location: string | null;
  /** What stands in the fields of the first form of the page. */
  readonly fields: Fields;
}

const unescaped = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The fields that a browser would send back unchanged. */
function fieldsIn(text: string): Fields {
  const form = /<main>.*?<form[^>]*>(.*?)<\/form>/s.exec(text)?.[1] ?? '';
  const attribute = (input: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1];
  const inputs = [...form.matchAll(/<input(?:[^>"]|"[^"]*")*>/g)].map(([input]) => input);
  const sent = inputs.filter((input) => !/type="(radio|checkbox)"/.test(input) || input.includes(' checked'));
  const areas = [...form.matchAll(/<textarea[^>]* name="(\w+)"[^>]*>(.*?)<\/textarea>/gs)];
  return Object.fromEntries([
    ...sent.map((input) => [attribute(input, 'name') ?? '', unescaped(attribute(input, 'value') ?? '')]),
    ...areas.map(([, name = '', value = '']) => [name, unescaped(value)]),
  ]) as Fields;
}

export const h1Of = ({ text }: ShownPage): string | undefined => /<h1>(.*?)<\/h1>/s.exec(text)?.[1];

/** The pages of a family as a browser without a script has them; the session is that of an `Api`. */
export class FamilyPages {
  constructor(
    private readonly url: string,
    private readonly session: { readonly headers: Fields },
  ) {}

  open(path: string): Promise<ShownPage> {
    return this.shown(path, {});
  }

  /** Sends a form of ours, with the token of the session. */
  send(path: string, fields: Fields): Promise<ShownPage> {
    const body = new URLSearchParams({ token: this.session.headers['x-csrf-token'] ?? '', ...fields });
    return this.shown(path, { method: 'POST', body, headers: { origin: this.url } });
  }

  /** Answers a question as its page has it now: what is not given is sent as it stands in the hidden fields. */
  async answer(question: string, fields: Fields): Promise<ShownPage> {
    const { subject = '' } = (await this.open(`/f/request/${question}`)).fields;
    return this.send(`/f/request/${question}`, { go: 'on', subject, ...fields });
  }

  private async shown(path: string, init: { method?: string; body?: URLSearchParams; headers?: Fields }): Promise<ShownPage> {
    const { cookie = '' } = this.session.headers;
    const headers = { 'accept-language': 'fr', cookie, ...init.headers };
    const answer = await fetch(this.url + path, { ...init, headers, redirect: 'manual' });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, location: answer.headers.get('location'), fields: fieldsIn(text) };
  }
}
