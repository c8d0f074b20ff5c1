import type { ValueTransformer } from 'typeorm';
import type { Reader } from '../../shared/stored-json.js';

/** Has a JSON column of an entity read by a total reader; it is written as it is. */
export function readBy<T>(read: Reader<T>): ValueTransformer {
  return { from: read, to: (value: unknown) => value };
}
