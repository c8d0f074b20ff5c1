import { membersOf, type Reader } from '../../shared/stored-json.js';

/** The headers of an answer that was kept; what is no text is left out. */
export const storedHeaders: Reader<Readonly<Record<string, string>>> = (stored) =>
  Object.fromEntries(Object.entries(membersOf(stored)).filter((member): member is [string, string] => typeof member[1] === 'string'));
