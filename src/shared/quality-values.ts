/** The most members of a header that are read. */
const MOST_MEMBERS = 50;

/**
 * The members of a header such as `Accept` (RFC 9110, 12.4.2) without other parameters, the preferred first. Members with quality 0 are
 * left out.
 */
export function byQuality(header: string): { readonly name: string; readonly quality: number }[] {
  const members = header.split(',', MOST_MEMBERS).flatMap((part) => {
    const [name = '', ...parameters] = part.split(';').map((each) => each.trim());
    const quality = Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? 1);
    return name !== '' && quality >= 0 ? [{ name, quality }] : [];
  });
  return members.sort((one, other) => other.quality - one.quality);
}

/** The offered type that an `Accept` header prefers. It is the first offered one if the header accepts none, or is missing. */
export function preferredType<Type extends string>(header: string | undefined, offered: readonly [Type, ...Type[]]): Type {
  const ranges = byQuality((header ?? '').toLowerCase());
  const refused = new Set(ranges.filter(({ quality }) => quality === 0).map(({ name }) => name));
  for (const { name, quality } of ranges) {
    const found = offered.find((type) => !refused.has(type) && (name === type || name === '*/*' || name === type.replace(/[/].*/, '/*')));
    if (found && quality > 0) return found;
  }
  return offered[0];
}

/** Whether an `Accept` header prefers a page to JSON. JSON is the default (RFC 9110, 12.5.1). */
export function prefersPage(accept: string | undefined): boolean {
  const qualities = new Map(byQuality((accept ?? '').toLowerCase()).map(({ name, quality }) => [name, quality]));
  return (qualities.get('text/html') ?? 0) > (qualities.get('application/json') ?? 0);
}
