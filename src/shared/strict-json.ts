import type { Fault } from './denial.js';
import { cleanText, hasForbiddenCharacters } from './plain-text.js';
import { ok, refused, type Result } from './result.js';

/**
 * Strict readers of JSON from a file. They find the same faults as the API finds in a body (`Field`). They use no framework, because a command on
 * a file should answer before one could be loaded. They do not limit the length of lists, because a long file holds up only the person who gave it.
 */
export type StrictReader<Value> = (given: unknown, pointer: string) => Result<Value, Fault[]>;

type Readers = Readonly<Record<string, StrictReader<unknown>>>;
type ValueOf<Reader> = Reader extends StrictReader<infer Value> ? Value : never;

const fault = (pointer: string, code: string, message: string) => refused([{ pointer, code, message }]);
const isObject = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** Reads a whole JSON document. If it has unknown names, only they are reported; the rest is checked once they are gone. */
export function readStrictly<Value>(read: StrictReader<Value>, json: unknown): Result<Value, Fault[]> {
  if (!isObject(json)) return fault('', 'WRONG_TYPE', 'must be a JSON object');
  const value = read(json, '');
  if (value.ok) return value;
  const unknown = value.reason.filter(({ code }) => code === 'UNKNOWN_FIELD');
  return refused(unknown.length > 0 ? unknown : value.reason);
}

export function required<Value>(read: StrictReader<Value>): StrictReader<Value> {
  return (given, pointer) => (given === undefined || given === null ? fault(pointer, 'REQUIRED', 'must be given') : read(given, pointer));
}

/** The value may be left out; then it is undefined. */
export function optional<Value>(read: StrictReader<Value>): StrictReader<Value | undefined> {
  return (given, pointer) => (given === undefined ? ok(undefined) : read(given, pointer));
}

/** The value may be null or left out, which mean the same. */
export function orNull<Value>(read: StrictReader<Value>): StrictReader<Value | null> {
  return (given, pointer) => (given === undefined || given === null ? ok(null) : read(given, pointer));
}

/** Reads an object with these members. A member that is undefined is left out of the result. */
export function objectOf<Members extends Readers>(
  readers: Members,
): StrictReader<{ readonly [Name in keyof Members]: ValueOf<Members[Name]> }> {
  return (given, pointer) => {
    if (!isObject(given)) return fault(pointer, 'WRONG_TYPE', 'must be an object');
    const faults = Object.keys(given)
      .filter((name) => !Object.hasOwn(readers, name))
      .map((name) => ({ pointer: `${pointer}/${escaped(name)}`, code: 'UNKNOWN_FIELD', message: 'is not known here' }));
    const members: Record<string, unknown> = {};
    for (const [name, read] of Object.entries(readers)) {
      const value = read(Object.hasOwn(given, name) ? given[name] : undefined, `${pointer}/${name}`);
      if (!value.ok) faults.push(...value.reason);
      else if (value.value !== undefined) members[name] = value.value;
    }
    return faults.length === 0 ? ok(members as { [Name in keyof Members]: ValueOf<Members[Name]> }) : refused(faults);
  };
}

export function listOf<Value>(read: StrictReader<Value>): StrictReader<Value[]> {
  return (given, pointer) => {
    if (!Array.isArray(given)) return fault(pointer, 'WRONG_TYPE', 'must be a list');
    const faults: Fault[] = [];
    const values: Value[] = [];
    for (const [index, each] of given.entries()) {
      const value = read(each, `${pointer}/${index}`);
      if (value.ok) values.push(value.value);
      else faults.push(...value.reason);
    }
    return faults.length === 0 ? ok(values) : refused(faults);
  };
}

/** A name that somebody gives to something; it is kept as it was typed. */
export function label(longest: number): StrictReader<string> {
  return (given, pointer) => {
    if (typeof given !== 'string') return fault(pointer, 'WRONG_TYPE', 'must be text');
    if ([...given].length > longest) return fault(pointer, 'TOO_LONG', `must be shorter than or equal to ${longest} characters`);
    if (given === '') return fault(pointer, 'TOO_SHORT', 'must not be empty');
    if (hasForbiddenCharacters(given)) return fault(pointer, 'FORBIDDEN_CHARACTERS', 'must not contain control characters');
    return ok(given);
  };
}

/** Text in a form that a function knows, without blanks around it. */
export function shaped(isRight: (text: string) => boolean, message: string): StrictReader<string> {
  return (given, pointer) => {
    if (typeof given !== 'string') return fault(pointer, 'WRONG_TYPE', 'must be text');
    if (hasForbiddenCharacters(given)) return fault(pointer, 'FORBIDDEN_CHARACTERS', 'must not contain control characters');
    const text = cleanText(given);
    return isRight(text) ? ok(text) : fault(pointer, 'INVALID', message);
  };
}

export function whole(min: number, max: number): StrictReader<number> {
  return (given, pointer) =>
    Number.isInteger(given) ? within(min, max, given as number, pointer) : fault(pointer, 'WRONG_TYPE', 'must be a whole number');
}

export function number(min: number, max: number): StrictReader<number> {
  return (given, pointer) =>
    Number.isFinite(given) ? within(min, max, given as number, pointer) : fault(pointer, 'WRONG_TYPE', 'must be a number');
}

function within(min: number, max: number, given: number, pointer: string): Result<number, Fault[]> {
  if (given < min) return fault(pointer, 'OUT_OF_RANGE', `must not be less than ${min}`);
  return given > max ? fault(pointer, 'OUT_OF_RANGE', `must not be greater than ${max}`) : ok(given);
}

export function oneOf<const Value>(values: readonly Value[]): StrictReader<Value> {
  return (given, pointer) =>
    values.includes(given as Value) ? ok(given as Value) : fault(pointer, 'NOT_ONE_OF', `must be one of ${values.join(', ')}`);
}

/** A list of these values; it has one fault, however many of its values are wrong. */
export function manyOf<const Value>(values: readonly Value[]): StrictReader<Value[]> {
  return (given, pointer) => {
    if (!Array.isArray(given)) return fault(pointer, 'WRONG_TYPE', 'must be a list');
    const areKnown = given.every((each) => values.includes(each as Value));
    return areKnown ? ok(given as Value[]) : fault(pointer, 'NOT_ONE_OF', `must be a list of ${values.join(', ')}`);
  };
}

/** A name in a JSON pointer (RFC 6901). */
const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
