import { expect } from '@jest/globals';
import { test } from '@fast-check/jest';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { idBefore, isUuid, newId } from './ids.js';

test.prop([fc.uuid()])('every UUID is one, whatever its version and case', (id) => {
  expect([isUuid(id), isUuid(id.toUpperCase())]).toEqual([true, true]);
});

test.prop([fc.uuid(), fc.string({ minLength: 1 })])('a UUID with anything around it is none', (id, more) => {
  expect([isUuid(id + more), isUuid(more + id)]).toEqual([false, false]);
});

test('new ids differ and sort in the order in which they were made', () => {
  const ids = Array.from({ length: 1000 }, newId);
  expect(ids.every(isUuid)).toBe(true);
  expect(new Set(ids).size).toBe(1000);
  expect([...ids].sort()).toEqual(ids);
});

test('the least id of a time before another was made comes before what was made since then, and after what was made earlier', () => {
  const made = (at: string) => v7({ msecs: Date.parse(at) });
  const bound = idBefore(made('2026-11-02T10:02:00Z'), 120_000);
  expect(isUuid(bound)).toBe(true);
  expect([made('2026-11-02T10:00:00Z') > bound, made('2026-11-02T09:59:59.999Z') < bound]).toEqual([true, true]);
});

test('an id that nobody made can still be asked for', () => {
  expect(isUuid('00000000-0000-0000-0000-000000000000')).toBe(true);
  expect(isUuid('11111111-1111-1111-1111-111111111111')).toBe(true);
  expect(isUuid('42')).toBe(false);
});
