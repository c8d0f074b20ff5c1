/**
 * Whether a text can be sent as the value of an HTTP header: visible ASCII, with blanks only inside (RFC 9110, 5.5). A line break would
 * begin another header, and different servers read characters beyond ASCII differently.
 */
export function isHeaderValue(text: string): boolean {
  return /^[\x21-\x7e]([\t\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}
