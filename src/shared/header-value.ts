/**
 * Whether a text can be sent as the value of an HTTP header: visible ASCII, with blanks only inside (RFC 9110, 5.5). Line breaks would begin
 * another header, and what lies beyond ASCII reaches no two servers alike.
 */
export function isHeaderValue(text: string): boolean {
  return /^[\x21-\x7e]([\t\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}
