/**
 * The page of ours to which somebody goes back; the door for anything else. What begins with two slashes, or has a backslash, would lead to
 * another site.
 */
export function localPath(text: unknown): string {
  return typeof text === 'string' && text.length <= 500 && /^\/(?!\/)[\w\-./~%?=&]*$/.test(text) ? text : '/';
}
