/** Markup that is safe to send. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = string | number | Html | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function markupOf(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part !== 'string' && typeof part !== 'number') return part.map(({ text }) => text).join('');
  return String(part).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Puts values into markup; whatever is not markup already is escaped. */
export function html(markup: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(markup.map((piece, index) => piece + (index < parts.length ? markupOf(parts[index] as Part) : '')).join(''));
}

/** Whether an `Accept` header likes a page better than JSON; JSON where it does not say (RFC 9110, 12.5.1). */
export function prefersPage(accept: string | undefined): boolean {
  const qualities = new Map(
    (accept ?? '').split(',', 50).map((part) => {
      const [type = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
      return [type, Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? 1)];
    }),
  );
  return (qualities.get('text/html') ?? 0) > (qualities.get('application/json') ?? 0);
}
