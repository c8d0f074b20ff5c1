import type { Fault } from './denial.js';

/** The arguments of an operation. Of each group in `needs` at least one must be given, and those in `takes` may be given. */
export interface Arguments<Name extends string = string> {
  readonly needs: readonly (readonly Name[])[];
  readonly takes: readonly Name[];
}

/** Of the named arguments, first those that are missing or blank, then those that the operation does not take. Null counts as left out. */
export function argumentFaults<Name extends string>(
  names: readonly Name[],
  { needs, takes }: Arguments<Name>,
  given: Readonly<Partial<Record<Name, unknown>>>,
): Fault[] {
  const missing = needs
    .filter((group) => group.every((name) => isBlank(given[name])))
    .map((group) => ({ pointer: `/${group[0]}`, code: 'REQUIRED', message: `${group.join(' or ')} must be given` }));
  const known = new Set([...needs.flat(), ...takes]);
  const ignored = names
    .filter((name) => !isBlank(given[name]) && !known.has(name))
    .map((name) => ({ pointer: `/${name}`, code: 'NOT_TAKEN', message: 'has no meaning here; leave it out' }));
  return [...missing, ...ignored];
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
