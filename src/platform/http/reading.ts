import { setImmediate } from 'node:timers/promises';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { Fault } from '../../shared/denial.js';
import { ok, refused, type Result } from '../../shared/result.js';
import { MOST_FAULTS, pointerTo } from './faults.js';
import { type Class, type FieldShape, shapeOf } from './shape.js';

/** class-validator's rule names as stable codes. */
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
/** Of several rules that one value breaks, the one that says most comes first. */
const TELLING = ['isDefined', 'isString', 'isInt', 'isNumber', 'isBoolean', 'isArray', 'maxLength', 'isDay', 'isInstant'];

/** What is not known is found before, objects in objects are read one by one: what is left are the values of one object. */
const OF_VALUES = { whitelist: false, forbidUnknownValues: false, validationError: { target: false, value: false } };
/** Values of a list that are read at once. */
const CHUNK = 500;
/** Others are served after each so many milliseconds of reading. */
const SLICE_MS = 10;

export const isObject = (value: unknown): value is object => value !== null && typeof value === 'object' && !Array.isArray(value);

/** The faults found so far. One more than are listed is enough to know that there are more. */
class Faults {
  readonly found: Fault[] = [];

  get isFull(): boolean {
    return this.found.length > MOST_FAULTS;
  }

  add(pointer: string, code: string, message: string): void {
    if (!this.isFull) this.found.push({ pointer, code, message });
  }
}

/** Reads a JSON object into a class, strictly, while others are served. */
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
 * Counts come first: names that are not known, and lists that are longer than their field allows, are never made anything of. What is left
 * is read object by object, up to the hundredth fault.
 */
function* reading<T extends object>(type: Class<T>, json: object): Generator<undefined, Result<T, Fault[]>> {
  const unknown = new Faults();
  yield* lookForUnknown(type, json, '', unknown);
  if (unknown.found.length > 0) return refused(unknown.found);
  const faults = new Faults();
  const value = yield* readObject(type, json, '', faults);
  return faults.found.length === 0 ? ok(value as T) : refused(faults.found);
}

function* lookForUnknown(type: Class, json: object, pointer: string, faults: Faults): Generator<undefined, void> {
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

function* readObject(type: Class, json: object, pointer: string, faults: Faults): Generator<undefined, object> {
  yield;
  const shape = shapeOf(type);
  const given = json as Readonly<Record<string, unknown>>;
  const values: Record<string, unknown> = {};
  for (const field of shape)
    if (field.type === null && Object.hasOwn(json, field.name)) values[field.name] = bounded(given[field.name], field);
  // A long list waits until the rest is read.
  for (const [name, value] of Object.entries(values)) if (Array.isArray(value)) values[name] = value.slice(0, CHUNK);
  const read = plainToInstance(type, values) as Record<string, unknown>;
  const errors = new Map(validateSync(read, OF_VALUES).map((error) => [error.property, error]));
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

/** A list of many values, some at a time; its first fault is enough. */
function* readLongList(
  type: Class,
  field: FieldShape,
  list: readonly unknown[],
  into: Record<string, unknown>,
  pointer: string,
  faults: Faults,
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
    const error = validateSync(chunk, OF_VALUES).find(({ property }) => property === name);
    if (Object.keys(error?.constraints ?? {}).length > 0) {
      addFault(error, pointer, faults);
      return;
    }
    all.push(...(chunk[name] as unknown[]));
  }
  into[name] = all;
}

/** An object, or a list of them. */
function* readPart(
  field: FieldShape,
  type: Class,
  value: unknown,
  pointer: string,
  faults: Faults,
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
 * The value, or, where it is larger than its field may be, a small one that breaks the same rules: an object where none belongs, a list too
 * long by one, a text too long by one.
 */
function bounded(value: unknown, { isList, most, longest }: FieldShape): unknown {
  if (!Array.isArray(value)) return boundedElement(value, longest);
  return isList ? value.slice(0, most + 1).map((element) => boundedElement(element, longest)) : [];
}

function boundedElement(value: unknown, longest: number): unknown {
  // Blanks around a text go, and two characters may be written as one: a text that is much longer stays too long.
  if (typeof value === 'string') return value.length > 2 * longest + 100 ? 'x'.repeat(longest + 1) : value;
  if (Array.isArray(value)) return [];
  return isObject(value) ? {} : value;
}

function addFault(error: ValidationError | undefined, pointer: string, faults: Faults): void {
  const rules = Object.keys(error?.constraints ?? {});
  const rule = TELLING.find((name) => rules.includes(name)) ?? rules[0];
  if (error === undefined || rule === undefined) return;
  faults.add(pointer, CODES[rule] ?? 'INVALID', words(error.constraints?.[rule] ?? '', error.property));
}

/** The rules' default messages begin with the property's name, which the pointer already says. */
function words(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
