// Lines of iCalendar as RFC 5545 has them (3.1 and 3.3.11).

const LONGEST = 75;
const END = '\r\n';

/** TEXT: what means something is escaped, a line break is `\n`, and what no text may hold (control characters) is left out. */
export function icalText(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/(?!\t)\p{Cc}/gu, '');
}

/** Content lines folded at 75 octets, never within a character, each ended with CRLF. */
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
