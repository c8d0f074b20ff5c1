import { membersOf, type Reader } from '../../shared/stored-json.js';

/** Reads the stored headers of an answer; values that are not texts are left out. */
export const storedHeaders: Reader<Readonly<Record<string, string>>> = (stored) =>
  Object.fromEntries(Object.entries(membersOf(stored)).filter((member): member is [string, string] => typeof member[1] === 'string'));
