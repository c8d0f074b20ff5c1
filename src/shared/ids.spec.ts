import { expect } from '@jest/globals';
import { test } from '@fast-check/jest';
import fc from 'fast-check';
import { isUuid, newId } from './ids.js';

test.prop([fc.uuid()])('every UUID is one, whatever its version and case', (id) => {
  expect([isUuid(id), isUuid(id.toUpperCase())]).toEqual([true, true]);
});

test.prop([fc.uuid(), fc.string({ minLength: 1 })])('a UUID with anything around it is none', (id, more) => {
  expect([isUuid(id + more), isUuid(more + id)]).toEqual([false, false]);
});

test('new ids differ, and those of one process sort as they were made, for the sake of the indexes', () => {
  const ids = Array.from({ length: 1000 }, newId);
  expect(ids.every(isUuid)).toBe(true);
  expect(new Set(ids).size).toBe(1000);
  expect([...ids].sort()).toEqual(ids);
});

test('an id that nobody made can still be asked for', () => {
  expect(isUuid('00000000-0000-0000-0000-000000000000')).toBe(true);
  expect(isUuid('11111111-1111-1111-1111-111111111111')).toBe(true);
  expect(isUuid('42')).toBe(false);
});
