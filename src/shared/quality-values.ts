/** The members of a header such as `Accept` (RFC 9110, 12.4.2), the best liked first; those of quality 0 are left out, as are parameters. */
export function byQuality(header: string): string[] {
  const members = header.split(',').flatMap((part) => {
    const [name = '', ...parameters] = part.split(';').map((each) => each.trim());
    const quality = Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? 1);
    return name !== '' && quality > 0 ? [{ name, quality }] : [];
  });
  return members.sort((one, other) => other.quality - one.quality).map(({ name }) => name);
}

/** Of the types that can be given, the one that an `Accept` header likes best; the first where it likes none, or says nothing. */
export function preferredType<Type extends string>(header: string | undefined, offered: readonly [Type, ...Type[]]): Type {
  for (const range of byQuality((header ?? '').toLowerCase())) {
    const found = offered.find((type) => range === type || range === '*/*' || range === type.replace(/[/].*/, '/*'));
    if (found) return found;
  }
  return offered[0];
}
