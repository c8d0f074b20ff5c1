const LONGEST = 3;

/**
 * Returns a mark for each name, no two the same: its first letter, or as many letters as distinguish it from the others (at most three), or
 * else its first letter and its place in the list. A letter is a whole grapheme (UAX 29).
 */
export function initials(names: readonly string[], language: string): string[] {
  const letters = new Intl.Segmenter(language, { granularity: 'grapheme' });
  const start = (name: string, length: number) => {
    const [first = '', ...rest] = [...letters.segment(name.trim())].slice(0, length).map(({ segment }) => segment);
    return first.toLocaleUpperCase(language) + rest.join('').toLocaleLowerCase(language);
  };
  const ofLetters = names.map((name, place) => {
    for (let length = 1; length <= LONGEST; length += 1) {
      const mark = start(name, length);
      if (mark !== '' && names.every((other, i) => i === place || start(other, length) !== mark)) return mark;
    }
    return null;
  });
  return ofLetters.map((mark, place) => {
    const numbered = (number: number) => `${start(names[place] ?? '', 1)}${number}`;
    let number = place + 1;
    while (ofLetters.includes(numbered(number))) number += names.length; // for somebody whose name is `A1`
    return mark ?? numbered(number);
  });
}
