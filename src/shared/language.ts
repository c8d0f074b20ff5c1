/** Whether a text is a language tag in its canonical form (BCP 47), such as `fr` or `pt-BR`. */
export function isLanguageTag(text: string): boolean {
  return canonicalLanguage(text) === text && text.length <= 35;
}

/** The canonical form of a language tag; null when it is none. */
export function canonicalLanguage(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text.trim())[0] ?? null;
  } catch {
    return null;
  }
}

/** The language that an `Accept-Language` header likes best (RFC 9110, 12.5.4); null where it names none. */
export function preferredLanguage(header: string | undefined): string | null {
  const liked = (header ?? '').split(',').flatMap((part) => {
    const [tag = '', ...parameters] = part.split(';').map((each) => each.trim());
    const quality = Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? 1);
    const language = tag === '*' || tag === '' ? null : canonicalLanguage(tag);
    return language !== null && quality > 0 ? [{ language, quality }] : [];
  });
  return liked.sort((one, other) => other.quality - one.quality)[0]?.language ?? null;
}
