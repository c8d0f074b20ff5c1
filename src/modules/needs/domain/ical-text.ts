// Writes the lines of iCalendar as in RFC 5545 (3.1 and 3.3.11).

const LONGEST = 75;
const END = '\r\n';

/**
 * Returns a value of type TEXT: special characters are escaped, a line break becomes `\n`, and control characters, which are not allowed, are
 * removed.
 */
export function icalText(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/(?!\t)\p{Cc}/gu, '');
}

/** Returns content lines, folded at 75 octets and never within a character, each ended with CRLF. */
export function icalLines(lines: readonly string[]): string {
  return lines.map((line) => fold(line) + END).join('');
}

function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const length = Buffer.byteLength(character);
    if (octets + length > LONGEST) {
      folded += `${END} `;
      octets = 1;
    }
    folded += character;
    octets += length;
  }
  return folded;
}
