import bidiFactory, { type EmbeddingLevels } from 'bidi-js';

// The package's types declare the function as a property of the module; in fact the module, which is CommonJS, is the function.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();

export type Direction = 'ltr' | 'rtl';

/**
 * Characters with one direction, in the order in which they are read. Brackets and the like are already mirrored where the direction needs it.
 */
export interface TextRun {
  readonly text: string;
  readonly direction: Direction;
}

/** Returns the embedding levels of a paragraph's characters (UAX #9, up to rule I2). */
export function levelsOf(paragraph: string, direction: Direction): EmbeddingLevels {
  return bidi.getEmbeddingLevels(paragraph, direction);
}

/** Returns the direction of a text: that of its first letter. */
export function ownDirection(text: string): Direction {
  return bidi.getEmbeddingLevels(text, 'auto').paragraphs[0]?.level === 1 ? 'rtl' : 'ltr';
}

/** Returns one line of a paragraph (from `start` to before `end`) as runs in the order from left to right (rule L2). */
export function runsOf(paragraph: string, levels: EmbeddingLevels, start: number, end: number): TextRun[] {
  const mirrored = bidi.getMirroredCharactersMap(paragraph, levels.levels, start, end - 1);
  const runs: { text: string; level: number }[] = [];
  for (let index = start; index < end; index += 1) {
    const level = levels.levels[index] ?? 0;
    const character = mirrored.get(index) ?? paragraph.charAt(index);
    const last = runs.at(-1);
    if (last?.level === level) last.text += character;
    else runs.push({ text: character, level });
  }
  return inVisualOrder(runs).map(({ text, level }) => ({ text: text.replace(CONTROLS, ''), direction: level % 2 === 1 ? 'rtl' : 'ltr' }));
}

/** Direction marks are not needed any more once the levels are known, and fonts show them as boxes. */
const CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

function inVisualOrder<Levelled extends { readonly level: number }>(runs: readonly Levelled[]): Levelled[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level >= 1; level -= 1) {
    for (let from = 0; from < ordered.length; from += 1) {
      let to = from;
      while ((ordered[to]?.level ?? -1) >= level) to += 1;
      if (to > from) ordered.splice(from, to - from, ...ordered.slice(from, to).reverse());
      from = to;
    }
  }
  return ordered;
}
