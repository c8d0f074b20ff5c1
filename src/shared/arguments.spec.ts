import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { argumentFaults, type Arguments } from './arguments.js';

const NAMES = ['until', 'reason', 'note', 'other'] as const;
const suspend: Arguments<(typeof NAMES)[number]> = { needs: [['until', 'reason']], takes: ['note'] };
const value = fc.oneof(fc.constantFrom(undefined, null, '', '  '), fc.string({ minLength: 1 }), fc.boolean());

test.prop([fc.dictionary(fc.constantFrom(...NAMES), value)])(
  'one of a group is needed, and whatever says something must be known',
  (given) => {
    const says = (name: string) => typeof given[name] === 'boolean' || (typeof given[name] === 'string' && given[name].trim() !== '');
    const codes = argumentFaults(NAMES, suspend, given).map(({ pointer, code }) => `${code} ${pointer}`);
    expect(codes.includes('REQUIRED /until')).toBe(!says('until') && !says('reason'));
    expect(codes.includes('NOT_TAKEN /other')).toBe(says('other'));
    expect(codes.length).toBeLessThanOrEqual(2);
  },
);

test('what is not an argument, such as the name of the move, is not looked at', () => {
  const given = { move: 'suspend', reason: 'holidays' };
  expect(argumentFaults(NAMES, suspend, given)).toEqual([]);
});

test('false is an answer, an empty text is none', () => {
  expect(argumentFaults(['dataWiped'], { needs: [['dataWiped']], takes: [] }, { dataWiped: false })).toEqual([]);
  expect(argumentFaults(['reason'], { needs: [['reason']], takes: [] }, { reason: ' ' })).toEqual([
    { pointer: '/reason', code: 'REQUIRED', message: 'reason must be given' },
  ]);
});
