import { v7 } from 'uuid';

/**
 * A new identifier: UUID version 7 (RFC 9562), so that an index by id grows at its end. It is only a name. Do not order by it, since it
 * contains the time of one process's clock.
 */
export function newId(): string {
  return v7();
}

/**
 * The nil UUID (RFC 9562), which no row has. It comes before every id, so a walk in the order of ids begins there: with `$1 IS NULL OR id >
 * $1` each page would be read from the first row on.
 */
export const NIL_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Whether PostgreSQL can read a text as a UUID, of any version. An id that the program never gave is then not found, rather than malformed.
 */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
