import type { Fault } from './denial.js';
import { cleanText, hasForbiddenCharacters } from './plain-text.js';
import { ok, refused, type Result } from './result.js';

/**
 * Strict readers of JSON that somebody gives in a file: they find what the API finds in a body (`Field`). They know no framework, since a command on
 * a file is to answer before one would be loaded, and no longest list, since whoever runs the command waits for nobody but themselves.
 */
export type StrictReader<Value> = (given: unknown, pointer: string) => Result<Value, Fault[]>;

type Readers = Readonly<Record<string, StrictReader<unknown>>>;
type ValueOf<Reader> = Reader extends StrictReader<infer Value> ? Value : never;

const fault = (pointer: string, code: string, message: string) => refused([{ pointer, code, message }]);
const isObject = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** A whole JSON document. Where a name in it is not known nothing else is said: with it away, the rest is looked at. */
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

/** It may be left out, and is undefined then. */
export function optional<Value>(read: StrictReader<Value>): StrictReader<Value | undefined> {
  return (given, pointer) => (given === undefined ? ok(undefined) : read(given, pointer));
}

/** It may be null or left out, which mean the same. */
export function orNull<Value>(read: StrictReader<Value>): StrictReader<Value | null> {
  return (given, pointer) => (given === undefined || given === null ? ok(null) : read(given, pointer));
}

/** What is undefined does not become a member. */
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

/** A name that somebody gives to something: kept as it was typed. */
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

/** A list of these values; its first fault is enough. */
export function manyOf<const Value>(values: readonly Value[]): StrictReader<Value[]> {
  return (given, pointer) => {
    if (!Array.isArray(given)) return fault(pointer, 'WRONG_TYPE', 'must be a list');
    const areKnown = given.every((each) => values.includes(each as Value));
    return areKnown ? ok(given as Value[]) : fault(pointer, 'NOT_ONE_OF', `must be a list of ${values.join(', ')}`);
  };
}

/** A name in a JSON pointer (RFC 6901). */
const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
