import { expect, test } from '@jest/globals';
import { stepsOf, TAG_LOOKS } from './steps.js';

type State = Parameters<typeof stepsOf>[0];
const looks = (state: State) => stepsOf(state).map(({ is }) => is);

test('shows what is done, where a line stands and what comes next', () => {
  expect(looks('waiting')).toEqual(['done', 'now', 'next', 'next', 'next']);
  expect(looks('offered')).toEqual(['done', 'done', 'now', 'next', 'next']);
  expect(looks('accepted')).toEqual(['done', 'done', 'done', 'now', 'next']);
  expect(looks('fulfilled')).toEqual(['done', 'done', 'done', 'done', 'done']);
});

test.each(['draft', 'suspended', 'refused', 'withdrawn'] as const)('promises nothing to a line that is %s', (state) => {
  expect(stepsOf(state)).toEqual([]);
  expect(Object.keys(TAG_LOOKS)).toContain(state);
});
