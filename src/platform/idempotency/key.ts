import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';

const KEY = /^"([\x20-\x7e]{1,255})"$/;

/** The `Idempotency-Key` of a request, or null. @throws Problem when it is malformed */
export function idempotencyKeyOf({ headers }: FastifyRequest): string | null {
  const given = headers['idempotency-key'];
  if (given === undefined) return null;
  const key = KEY.exec(String(given))?.[1];
  if (key !== undefined) return key;
  throw Problem.of('MALFORMED_REQUEST', { detail: 'Idempotency-Key must be a quoted string of 1 to 255 characters' });
}
