import { v7 } from 'uuid';

/**
 * A new identifier: UUID version 7 (RFC 9562), so that an index by id grows at its end. It is a name and nothing else: it was made by the
 * clock of one process, and says nothing of what came first.
 */
export function newId(): string {
  return v7();
}

/**
 * The nil UUID (RFC 9562), which nothing has. It lies before every id: a walk in the order of ids begins there, since `$1 IS NULL OR id > $1`
 * would read from the first row on every time.
 */
export const NIL_ID = '00000000-0000-0000-0000-000000000000';

/** Whether a text is a UUID as Postgres reads it, of any version: an id that was never ours is absent, not unreadable. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
