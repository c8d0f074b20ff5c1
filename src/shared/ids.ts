import { v7 } from 'uuid';

/**
 * A new identifier: UUID version 7 (RFC 9562), so that an index by id grows at its end. It is a name and nothing else: it was made by the
 * clock of one process, and says nothing of what came first.
 */
export function newId(): string {
  return v7();
}

/** Whether a text is a UUID as Postgres reads it, of any version: an id that was never ours is absent, not unreadable. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
