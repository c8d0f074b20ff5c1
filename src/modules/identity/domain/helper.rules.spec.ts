import { expect, test } from '@jest/globals';
import { addDays, day } from '../../../shared/day.js';
import { helpFaults, LONGEST_HELP_DAYS, mayHelperCall } from './helper.rules.js';

test('a helper reads, and ends its own session', () => {
  for (const method of ['GET', 'HEAD']) expect(mayHelperCall(method, '/api/v1/loans/:id')).toBe(true);
  expect([mayHelperCall('DELETE', '/api/v1/session'), mayHelperCall('POST', '/f/sign-out')]).toEqual([true, true]);
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect(mayHelperCall(method, '/api/v1/loans/:id/renewals')).toBe(false);
  expect(mayHelperCall('DELETE', '/api/v1/households/:id/sessions/:sessionId')).toBe(false);
});

test('a help ends on a day from today to a year from now', () => {
  const today = day('2026-11-02');
  const codes = (until: typeof today) => helpFaults(until, today).map(({ code }) => code);
  expect([codes(addDays(today, -1)), codes(today)]).toEqual([['DAY_PASSED'], []]);
  expect([codes(addDays(today, LONGEST_HELP_DAYS)), codes(addDays(today, LONGEST_HELP_DAYS + 1))]).toEqual([[], ['DAY_TOO_LATE']]);
});
