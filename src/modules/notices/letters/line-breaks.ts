/** The part of a paragraph that one line shows: from `start` to before `end`. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Breaks a paragraph at spaces, so that each line is as full as it can be; a word that is longer than a line is cut. The spaces at a break
 * belong to no line. An empty paragraph has one empty line.
 */
export function linesOf(paragraph: string, width: number, widthOf: (text: string) => number): LineRange[] {
  const lines: LineRange[] = [];
  let start = 0;
  let end = 0;
  for (const { index, 0: word } of paragraph.matchAll(/[^ ]+/g)) {
    const after = index + word.length;
    if (end > start && widthOf(paragraph.slice(start, after)) > width) {
      lines.push({ start, end });
      start = index;
    }
    end = after;
    while (widthOf(paragraph.slice(start, end)) > width && end - start > 1) {
      const cut = start + fitting(paragraph.slice(start, end), width, widthOf);
      lines.push({ start, end: cut });
      start = cut;
    }
  }
  return [...lines, { start, end }];
}

/** Returns how many code units of a word fit into the width, at least one character; no character is cut in two. */
function fitting(word: string, width: number, widthOf: (text: string) => number): number {
  let fits = 0;
  for (const character of word) {
    if (fits > 0 && widthOf(word.slice(0, fits + character.length)) > width) break;
    fits += character.length;
  }
  return fits;
}
