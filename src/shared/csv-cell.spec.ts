import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { spreadsheetSafe } from './csv-cell.js';

const sign = fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠', '﹢', '﹣', '﹦', '﹫');
const blank = fc.stringMatching(/^[\s\0\u200B\uFEFF]{0,4}$/);

test.prop([blank, sign, fc.stringMatching(/^[^\d]/)])('whatever could start a formula gets an apostrophe', (before, start, rest) => {
  expect(spreadsheetSafe(before + start + rest)).toBe(`'${before}${start}${rest}`);
});

test.prop([fc.constantFrom('\t', '\r', '\n'), fc.string()])('so does a tab or a line end', (start, rest) => {
  expect(spreadsheetSafe(start + rest)).toBe(`'${start}${rest}`);
});

test.prop([fc.string({ unit: 'binary' })])('a cell is made safe once and otherwise never changed', (cell) => {
  const safe = spreadsheetSafe(cell);
  expect([cell, `'${cell}`]).toContain(safe);
  expect(spreadsheetSafe(safe)).toBe(safe);
});

test.prop([fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map((number) => number.toFixed(2))])(
  'numbers stay numbers',
  (number) => {
    expect([number, number.replace('.', ',')].map(spreadsheetSafe)).toEqual([number, number.replace('.', ',')]);
  },
);

test.each(['', 'Nadia B.', 'a=b', "d'Arc", '-12.5', '-12,5', '-3', '12'])('%j stays', (cell) => expect(spreadsheetSafe(cell)).toBe(cell));

test.each(["=cmd|'/c calc'!A1", '+1+1', '-1+1', '-12.5.1', '-', '@SUM(A1)', '  =1', '\uFEFF=1', '＝1', '-1\n=1'])(
  '%j is disarmed',
  (cell) => expect(spreadsheetSafe(cell)).toBe(`'${cell}`),
);
