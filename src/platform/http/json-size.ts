const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const [OPENING_LIST, CLOSING_LIST] = [0x5b, 0x5d];
const [OPENING_OBJECT, CLOSING_OBJECT] = [0x7b, 0x7d];

export interface JsonLimits {
  /** The most levels of lists and objects within each other. */
  readonly depth: number;
  /** The most values and members. */
  readonly values: number;
}

/**
 * Which limit a JSON text would exceed if it were parsed; null when none. It reads the characters without recursion, and only as far as
 * necessary, so no text can use up the time, the stack or the memory.
 */
export function exceededLimit(text: string, limits: JsonLimits): keyof JsonLimits | null {
  let depth = 0;
  let values = 1;
  for (let place = 0; place < text.length; place++) {
    const letter = text.charCodeAt(place);
    if (letter === QUOTE) place = endOfText(text, place);
    else if (letter === COMMA) values += 1;
    else if (letter === OPENING_LIST || letter === OPENING_OBJECT) {
      values += 1;
      depth += 1;
    } else if (letter === CLOSING_LIST || letter === CLOSING_OBJECT) depth -= 1;
    if (depth > limits.depth) return 'depth';
    if (values > limits.values) return 'values';
  }
  return null;
}

/** The index of the quotation mark that ends the string which begins here. */
function endOfText(text: string, start: number): number {
  for (let place = start + 1; place < text.length; place++) {
    const letter = text.charCodeAt(place);
    if (letter === QUOTE) return place;
    if (letter === BACKSLASH) place += 1;
  }
  return text.length;
}
