import { setImmediate } from 'node:timers/promises';
import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Fault } from '../../shared/denial.js';
import { ok, refused, type Result } from '../../shared/result.js';
import { namesOf, Problem } from './problem.js';

const UNKNOWN = 'whitelistValidation';

/** class-validator's rule names as stable codes. */
const CODES: Readonly<Record<string, string>> = {
  isDefined: 'REQUIRED',
  isString: 'WRONG_TYPE',
  isInt: 'WRONG_TYPE',
  isNumber: 'WRONG_TYPE',
  isBoolean: 'WRONG_TYPE',
  isArray: 'WRONG_TYPE',
  isObject: 'WRONG_TYPE',
  nestedValidation: 'WRONG_TYPE',
  isUuid: 'INVALID_ID',
  isDay: 'INVALID_DAY',
  isInstant: 'INVALID_INSTANT',
  isIn: 'NOT_ONE_OF',
  min: 'OUT_OF_RANGE',
  max: 'OUT_OF_RANGE',
  minLength: 'TOO_SHORT',
  maxLength: 'TOO_LONG',
  arrayMinSize: 'TOO_FEW',
  arrayMaxSize: 'TOO_MANY',
  isPlainText: 'FORBIDDEN_CHARACTERS',
  isWholeNumber: 'SCIENTIFIC_NOTATION',
  [UNKNOWN]: 'UNKNOWN_FIELD',
};
/** Of several rules that one value breaks, the one that says most comes first. */
const TELLING = ['isDefined', 'isString', 'isInt', 'isNumber', 'isBoolean', 'isArray', 'isObject', UNKNOWN];

const STRICT = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
const NOT_AN_OBJECT: Fault = { pointer: '', code: 'WRONG_TYPE', message: 'must be a JSON object' };

const isObject = (value: unknown): value is object => value !== null && typeof value === 'object' && !Array.isArray(value);

class Unvalidated extends Error {
  constructor(readonly errors: ValidationError[]) {
    super('input against its class');
  }
}

/** Reads bodies, queries and paths into their classes, strictly; each fault names its place by a JSON pointer. */
export class StrictValidation extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      ...STRICT,
      exceptionFactory: (errors) => new Unvalidated(errors),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await this.read(value, metadata);
    } catch (error) {
      // Path, query and body are read side by side, and the first fault is the answer: one that says 400 goes before one that says 422.
      if (error instanceof Problem && error.status === 422) await setImmediate();
      throw error;
    }
  }

  private async read(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (!isClass(metadata)) return value;
    if (metadata.type === 'body' && !isObject(value)) throw Problem.invalid([NOT_AN_OBJECT]);
    // The transformer leaves this name out in silence.
    if (metadata.type === 'query' && Object.hasOwn(value as object, '__proto__')) {
      throw Problem.of('UNKNOWN_PARAMETER', { detail: 'not known here: __proto__' });
    }
    try {
      return (await super.transform(value, metadata)) as unknown;
    } catch (error) {
      if (!(error instanceof Unvalidated)) throw error;
      throw problemFor(
        metadata.type,
        error.errors.flatMap((fault) => faultsOf(fault, '')),
      );
    }
  }
}

/** Reads a JSON value that did not come over HTTP into its class, as strictly as a body. */
export function readStrictly<T extends object>(type: new () => T, json: unknown): Result<T, Fault[]> {
  if (!isObject(json)) return refused([NOT_AN_OBJECT]);
  const value = plainToInstance(type, json);
  const faults = validateSync(value, STRICT).flatMap((error) => faultsOf(error, ''));
  return faults.length === 0 ? ok(value) : refused(faults);
}

function isClass({ metatype, type }: ArgumentMetadata): boolean {
  return type !== 'custom' && metatype !== undefined && ![Object, String, Number, Boolean, Array].includes(metatype as never);
}

function faultsOf(error: ValidationError, above: string): Fault[] {
  const pointer = `${above}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const rules = Object.keys(error.constraints ?? {});
  const rule = TELLING.find((name) => rules.includes(name)) ?? rules[0];
  const own =
    rule === undefined
      ? []
      : [
          {
            pointer,
            code: CODES[rule] ?? 'INVALID',
            message: rule === UNKNOWN ? 'is not known here' : words(error.constraints?.[rule] ?? '', error.property),
          },
        ];
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, pointer))];
}

/** The rules' default messages begin with the property's name, which the pointer already says. */
function words(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}

function problemFor(place: ArgumentMetadata['type'], faults: Fault[]): Problem {
  if (place === 'param') return Problem.of('INVALID_ID', { errors: faults });
  if (place !== 'query') return Problem.ofBody(faults);
  const unknown = faults.filter(({ code }) => code === 'UNKNOWN_FIELD');
  if (unknown.length > 0) return Problem.of('UNKNOWN_PARAMETER', { detail: `not known here: ${namesOf(unknown)}` });
  if (faults.some(({ pointer }) => pointer === '/limit')) return Problem.of('INVALID_LIMIT');
  if (faults.some(({ pointer }) => pointer === '/cursor')) return Problem.of('INVALID_CURSOR');
  if (faults.some(({ code }) => code === 'INVALID_ID')) return Problem.of('INVALID_ID', { errors: faults });
  return Problem.invalid(faults);
}
