import { expect, test } from '@jest/globals';
import { assignLines, namedLineFaults } from './line-assignment.rules.js';

const computer = { id: 'line-c', class: 'computer' } as const;
const network = { id: 'line-n', class: 'connectivity' } as const;
const item = (deviceClass: 'computer' | 'connectivity' | 'accessory', requestLineId: string | null = null) => ({
  class: deviceClass,
  requestLineId,
});

test('each item takes the open line of its class, named or not, and a line serves one device', () => {
  const items = [item('computer'), item('computer'), item('connectivity'), item('accessory')];
  expect(assignLines(items, [computer, network])).toEqual(['line-c', null, 'line-n', null]);
});

test('a line that a later item names is kept for it', () => {
  expect(assignLines([item('computer'), item('computer', 'line-c')], [computer])).toEqual([null, 'line-c']);
});

test('a named line must be the household’s, of the class, and named once', () => {
  const items = [
    item('computer', 'line-c'),
    item('computer', 'line-c'),
    item('computer', 'line-n'),
    item('computer', 'line-x'),
    item('computer'),
  ];
  expect(namedLineFaults(items, [computer, network]).map(({ pointer, code }) => [pointer, code])).toEqual([
    ['/items/1/requestLineId', 'DUPLICATE'],
    ['/items/2/requestLineId', 'WRONG_CLASS'],
    ['/items/3/requestLineId', 'UNKNOWN_REFERENCE'],
  ]);
});
