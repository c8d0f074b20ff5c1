import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { argumentFaults, type Arguments } from './arguments.js';

const suspend: Arguments = { needs: [['until', 'reason']], takes: ['note'] };
const value = fc.oneof(fc.constantFrom(undefined, null, '', '  '), fc.string({ minLength: 1 }), fc.boolean());

test.prop([fc.dictionary(fc.constantFrom('until', 'reason', 'note', 'other'), value)])(
  'one of a group is needed, and whatever says something must be known',
  (given) => {
    const says = (name: string) => typeof given[name] === 'boolean' || (given[name] ?? '').toString().trim() !== '';
    const codes = argumentFaults(suspend, given).map(({ pointer, code }) => `${code} ${pointer}`);
    expect(codes.includes('REQUIRED /until')).toBe(!says('until') && !says('reason'));
    expect(codes.includes('NOT_TAKEN /other')).toBe(says('other'));
    expect(codes.length).toBeLessThanOrEqual(2);
  },
);

test('false is an answer, an empty text is none', () => {
  expect(argumentFaults({ needs: [['dataWiped']], takes: [] }, { dataWiped: false })).toEqual([]);
  expect(argumentFaults({ needs: [['reason']], takes: [] }, { reason: ' ' })).toEqual([
    { pointer: '/reason', code: 'REQUIRED', message: 'reason must be given' },
  ]);
});
