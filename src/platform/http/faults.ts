import type { Fault } from '../../shared/denial.js';

/** No answer lists more: whoever reads them mends these first. */
export const MOST_FAULTS = 100;
/** All faults of an answer together, in bytes of JSON. */
const MOST_BYTES = 40_000;
/** Of what the caller's own names are in, in characters. */
const LONGEST_POINTER = 256;
const LONGEST_MESSAGE = 1000;
export const LONGEST_DETAIL = 2000;

/** The text, or its beginning where it is longer, never with half a character at its end. */
export function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** A JSON pointer to a member of what a pointer names (RFC 6901). */
export function pointerTo(above: string, name: string): string {
  return `${above}/${cut(name, LONGEST_POINTER).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The faults that an answer lists, and whether there are more: whatever the caller sent, they stay small. */
export function listed(faults: readonly Fault[]): { readonly errors: Fault[]; readonly isAll: boolean } {
  const errors: Fault[] = [];
  let bytes = 0;
  for (const { pointer, code, message } of faults.slice(0, MOST_FAULTS)) {
    const fault = { pointer: cut(pointer, LONGEST_POINTER), code, message: cut(message, LONGEST_MESSAGE) };
    bytes += Buffer.byteLength(JSON.stringify(fault)) + 1;
    if (bytes > MOST_BYTES) break;
    errors.push(fault);
  }
  return { errors, isAll: errors.length === faults.length };
}
