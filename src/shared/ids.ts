import { v7 } from 'uuid';

/** A new identifier: UUID version 7 (RFC 9562), so that an index by id grows in the order of time. */
export function newId(): string {
  return v7();
}

/** The least identifier that was made at most so many milliseconds before another, which is one of ours. */
export function idBefore(id: string, milliseconds: number): string {
  const madeAt = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  const time = (madeAt - milliseconds).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

/** Whether a text is a UUID as Postgres reads it, of any version: an id that was never ours is absent, not unreadable. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
