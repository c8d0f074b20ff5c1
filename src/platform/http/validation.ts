import { setImmediate } from 'node:timers/promises';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { Fault } from '../../shared/denial.js';
import { namesOf, Problem } from './problem.js';
import { isObject, readInTurns } from './reading.js';
import type { Class } from './shape.js';

const NOT_AN_OBJECT: Fault = { pointer: '', code: 'WRONG_TYPE', message: 'must be a JSON object' };

/** Reads bodies, queries and paths strictly into their classes. Each fault gives its place as a JSON pointer. */
export class StrictValidation implements PipeTransform {
  async transform(value: unknown, { type, metatype }: ArgumentMetadata): Promise<unknown> {
    if (!isClass(metatype) || type === 'custom') return value;
    if (!isObject(value)) throw await notBefore400(problemFor(type, [NOT_AN_OBJECT]));
    const read = await readInTurns(metatype, value);
    if (read.ok) return read.value;
    throw await notBefore400(problemFor(type, read.reason));
  }
}

/**
 * Path, query and body are read at the same time, and the first problem is the answer. A problem with another status waits, so that one
 * with 400 comes first.
 */
async function notBefore400(problem: Problem): Promise<Problem> {
  if (problem.status === 422) await setImmediate();
  return problem;
}

function isClass(metatype: ArgumentMetadata['metatype']): metatype is Class {
  return metatype !== undefined && ![Object, String, Number, Boolean, Array].includes(metatype as never);
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
