/** Nobody likes more than this; what comes after is not looked at. */
const MOST_MEMBERS = 50;

/** The members of a header such as `Accept` (RFC 9110, 12.4.2), the best liked first, without other parameters; what has quality 0 is refused. */
export function byQuality(header: string): { readonly name: string; readonly quality: number }[] {
  const members = header.split(',', MOST_MEMBERS).flatMap((part) => {
    const [name = '', ...parameters] = part.split(';').map((each) => each.trim());
    const quality = Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? 1);
    return name !== '' && quality >= 0 ? [{ name, quality }] : [];
  });
  return members.sort((one, other) => other.quality - one.quality);
}

/** Of the types that can be given, the one that an `Accept` header likes best; the first where it likes none, or says nothing. */
export function preferredType<Type extends string>(header: string | undefined, offered: readonly [Type, ...Type[]]): Type {
  const ranges = byQuality((header ?? '').toLowerCase());
  const refused = new Set(ranges.filter(({ quality }) => quality === 0).map(({ name }) => name));
  for (const { name, quality } of ranges) {
    const found = offered.find((type) => !refused.has(type) && (name === type || name === '*/*' || name === type.replace(/[/].*/, '/*')));
    if (found && quality > 0) return found;
  }
  return offered[0];
}

/** Whether an `Accept` header likes a page better than JSON; JSON where it does not say (RFC 9110, 12.5.1). */
export function prefersPage(accept: string | undefined): boolean {
  const qualities = new Map(byQuality((accept ?? '').toLowerCase()).map(({ name, quality }) => [name, quality]));
  return (qualities.get('text/html') ?? 0) > (qualities.get('application/json') ?? 0);
}
