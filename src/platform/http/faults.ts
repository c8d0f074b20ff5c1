import type { Fault } from '../../shared/denial.js';

/** The most faults that one answer lists. Whoever reads them corrects these first. */
export const MOST_FAULTS = 100;
/** The most bytes of JSON that all faults of one answer may take. */
const MOST_BYTES = 40_000;
/** The longest pointer, in characters; it can contain names that the caller chose. */
const LONGEST_POINTER = 256;
const LONGEST_MESSAGE = 1000;
export const LONGEST_DETAIL = 2000;

/** The text, or its beginning when it is longer than `longest`. It never ends with half of a surrogate pair. */
export function cutText(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** The JSON pointer to a member of the value that `above` points to (RFC 6901). */
export function pointerTo(above: string, name: string): string {
  return `${above}/${cutText(name, LONGEST_POINTER).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The faults that an answer lists, and whether these are all. They stay small, whatever the caller sent. */
export function listedFaults(faults: readonly Fault[]): { readonly errors: Fault[]; readonly isAll: boolean } {
  const errors: Fault[] = [];
  let bytes = 0;
  for (const { pointer, code, message } of faults.slice(0, MOST_FAULTS)) {
    const fault = { pointer: cutText(pointer, LONGEST_POINTER), code, message: cutText(message, LONGEST_MESSAGE) };
    bytes += Buffer.byteLength(JSON.stringify(fault)) + 1;
    if (bytes > MOST_BYTES) break;
    errors.push(fault);
  }
  return { errors, isAll: errors.length === faults.length };
}
