import { setImmediate } from 'node:timers/promises';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { Fault } from '../../shared/denial.js';
import { ok, refused, type Result } from '../../shared/result.js';
import { MOST_FAULTS, pointerTo } from './faults.js';
import { type Class, type FieldShape, shapeOf } from './shape.js';

/** The stable code of each rule name of class-validator. */
const CODES: Readonly<Record<string, string>> = {
  isDefined: 'REQUIRED',
  isString: 'WRONG_TYPE',
  isInt: 'WRONG_TYPE',
  isNumber: 'WRONG_TYPE',
  isBoolean: 'WRONG_TYPE',
  isArray: 'WRONG_TYPE',
  isUuid: 'INVALID_ID',
  isDay: 'INVALID_DAY',
  isInstant: 'INVALID_INSTANT',
  isNear: 'OUT_OF_RANGE',
  isIn: 'NOT_ONE_OF',
  min: 'OUT_OF_RANGE',
  max: 'OUT_OF_RANGE',
  minLength: 'TOO_SHORT',
  maxLength: 'TOO_LONG',
  arrayMinSize: 'TOO_FEW',
  arrayMaxSize: 'TOO_MANY',
  isPlainText: 'FORBIDDEN_CHARACTERS',
  isWholeNumber: 'SCIENTIFIC_NOTATION',
};
/** The order of preference when one value breaks several rules: the rule that says most comes first. */
const RULE_PREFERENCE = ['isDefined', 'isString', 'isInt', 'isNumber', 'isBoolean', 'isArray', 'maxLength', 'isDay', 'isInstant'];

/**
 * Unknown members are found before, and nested objects are read one by one. So class-validator only checks the plain values of one object.
 */
const VALIDATOR_OPTIONS = { whitelist: false, forbidUnknownValues: false, validationError: { target: false, value: false } };
/** The number of values of a list that are read in one step. */
const CHUNK = 500;
/** After this many milliseconds of reading other requests have their turn. */
const SLICE_MS = 10;

export const isObject = (value: unknown): value is object => value !== null && typeof value === 'object' && !Array.isArray(value);

/** The faults that were found so far. It keeps one more than an answer lists, which is enough to know that there are more. */
class FaultCollector {
  readonly found: Fault[] = [];

  get isFull(): boolean {
    return this.found.length > MOST_FAULTS;
  }

  add(pointer: string, code: string, message: string): void {
    if (!this.isFull) this.found.push({ pointer, code, message });
  }
}

/** Reads a JSON object strictly into a class, and gives other requests their turn meanwhile. */
export async function readInTurns<T extends object>(type: Class<T>, json: object): Promise<Result<T, Fault[]>> {
  const steps = reading(type, json);
  let begun = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (performance.now() - begun < SLICE_MS) continue;
    await setImmediate();
    begun = performance.now();
  }
}

/**
 * First it compares names and counts: unknown members, and lists that are longer than their field allows, are not read at all. The rest is
 * read object by object, up to the hundredth fault.
 */
function* reading<T extends object>(type: Class<T>, json: object): Generator<undefined, Result<T, Fault[]>> {
  const unknown = new FaultCollector();
  yield* lookForUnknown(type, json, '', unknown);
  if (unknown.found.length > 0) return refused(unknown.found);
  const faults = new FaultCollector();
  const value = yield* readObject(type, json, '', faults);
  return faults.found.length === 0 ? ok(value as T) : refused(faults.found);
}

function* lookForUnknown(type: Class, json: object, pointer: string, faults: FaultCollector): Generator<undefined, void> {
  const shape = shapeOf(type);
  const names = new Set(shape.map(({ name }) => name));
  for (const name in json) {
    if (faults.isFull) return;
    if (!names.has(name)) faults.add(pointerTo(pointer, name), 'UNKNOWN_FIELD', 'is not known here');
  }
  for (const field of shape) {
    if (field.type === null || !Object.hasOwn(json, field.name)) continue;
    const value = (json as Readonly<Record<string, unknown>>)[field.name];
    const here = `${pointer}/${field.name}`;
    if (!field.isList && isObject(value)) yield* lookForUnknown(field.type, value, here, faults);
    if (!field.isList || !Array.isArray(value)) continue;
    for (const [index, element] of value.slice(0, field.most).entries()) {
      yield;
      if (isObject(element)) yield* lookForUnknown(field.type, element, `${here}/${index}`, faults);
    }
  }
}

function* readObject(type: Class, json: object, pointer: string, faults: FaultCollector): Generator<undefined, object> {
  yield;
  const shape = shapeOf(type);
  const given = json as Readonly<Record<string, unknown>>;
  const values: Record<string, unknown> = {};
  for (const field of shape)
    if (field.type === null && Object.hasOwn(json, field.name)) values[field.name] = bounded(given[field.name], field);
  // Only the beginning of a long list is checked here; the rest of it is read afterwards.
  for (const [name, value] of Object.entries(values)) if (Array.isArray(value)) values[name] = value.slice(0, CHUNK);
  const read = plainToInstance(type, values) as Record<string, unknown>;
  const errors = new Map(validateSync(read, VALIDATOR_OPTIONS).map((error) => [error.property, error]));
  for (const field of shape) {
    if (faults.isFull) break;
    const here = `${pointer}/${field.name}`;
    if (field.type === null) {
      const value = given[field.name];
      if (field.isList && Array.isArray(value) && value.length > CHUNK) yield* readLongList(type, field, value, read, here, faults);
      else addFault(errors.get(field.name), here, faults);
    } else {
      const value = Object.hasOwn(json, field.name) ? given[field.name] : undefined;
      const part = yield* readPart(field, field.type, value, here, faults);
      if (part !== undefined) read[field.name] = part;
    }
  }
  return read;
}

/** Reads a long list of plain values, some at a time. It stops at the first fault. */
function* readLongList(
  type: Class,
  field: FieldShape,
  list: readonly unknown[],
  into: Record<string, unknown>,
  pointer: string,
  faults: FaultCollector,
): Generator<undefined, void> {
  const { name, most } = field;
  if (list.length > most) {
    faults.add(pointer, 'TOO_MANY', `must contain no more than ${most} elements`);
    return;
  }
  const all: unknown[] = [];
  for (let from = 0; from < list.length; from += CHUNK) {
    yield;
    const chunk = plainToInstance(type, { [name]: bounded(list.slice(from, from + CHUNK), field) }) as Record<string, unknown>;
    const error = validateSync(chunk, VALIDATOR_OPTIONS).find(({ property }) => property === name);
    if (Object.keys(error?.constraints ?? {}).length > 0) {
      addFault(error, pointer, faults);
      return;
    }
    all.push(...(chunk[name] as unknown[]));
  }
  into[name] = all;
}

/** Reads an object or a list of objects. */
function* readPart(
  field: FieldShape,
  type: Class,
  value: unknown,
  pointer: string,
  faults: FaultCollector,
): Generator<undefined, object | null | undefined> {
  const { isNullable, isOptional, isList, least, most } = field;
  if ((isNullable && value === null) || (isOptional && value === undefined)) return value;
  if (value === undefined || value === null) faults.add(pointer, 'REQUIRED', 'must be given');
  else if (!isList) {
    if (isObject(value)) return yield* readObject(type, value, pointer, faults);
    faults.add(pointer, 'WRONG_TYPE', 'must be an object');
  } else if (!Array.isArray(value)) faults.add(pointer, 'WRONG_TYPE', 'must be a list');
  else {
    if (value.length < least) faults.add(pointer, 'TOO_FEW', `must contain at least ${least} elements`);
    if (value.length > most) faults.add(pointer, 'TOO_MANY', `must contain no more than ${most} elements`);
    const elements: object[] = [];
    for (const [index, element] of value.slice(0, most).entries()) {
      if (faults.isFull) break;
      const here = `${pointer}/${index}`;
      if (isObject(element)) elements.push(yield* readObject(type, element, here, faults));
      else faults.add(here, 'WRONG_TYPE', 'must be an object');
    }
    return elements;
  }
  return undefined;
}

/**
 * The value, or, if it is larger than its field allows, a small value that breaks the same rule: an object in place of something that is
 * not expected, a list that is too long by one, or a text that is too long by one.
 */
function bounded(value: unknown, { isList, most, longest }: FieldShape): unknown {
  if (!Array.isArray(value)) return boundedElement(value, longest);
  return isList ? value.slice(0, most + 1).map((element) => boundedElement(element, longest)) : [];
}

function boundedElement(value: unknown, longest: number): unknown {
  // A text may become shorter, since blanks around it are removed and two characters may be written as one. A text that is longer than this
  // remains too long.
  if (typeof value === 'string') return value.length > 2 * longest + 100 ? 'x'.repeat(longest + 1) : value;
  if (Array.isArray(value)) return [];
  return isObject(value) ? {} : value;
}

function addFault(error: ValidationError | undefined, pointer: string, faults: FaultCollector): void {
  const rules = Object.keys(error?.constraints ?? {});
  const rule = RULE_PREFERENCE.find((name) => rules.includes(name)) ?? rules[0];
  if (error === undefined || rule === undefined) return;
  faults.add(pointer, CODES[rule] ?? 'INVALID', words(error.constraints?.[rule] ?? '', error.property));
}

/** The message without the name of the property at its beginning, since the pointer already gives it. */
function words(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
