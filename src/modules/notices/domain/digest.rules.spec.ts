import { describe, expect, test } from '@jest/globals';
import { type Digest, digestOfToday, isEmpty, nextDigest } from './digest.rules.js';

const nothing: Digest = {
  lateLoans: { count: 0, references: [] },
  endingOffers: { count: 0, references: [] },
  unsignedAgreements: { count: 0, references: [] },
  unserved: { count: 0, categories: [] },
  pausedChannels: { count: 0, references: [] },
  stuckNotices: { count: 0, references: [] },
  deadAddresses: { count: 0, references: [] },
  letters: 0,
};

test('is empty only where nothing of any kind waits', () => {
  expect(isEmpty(nothing)).toBe(true);
  const one = { count: 1, references: ['P-1'] };
  const each: Partial<Digest>[] = [
    { lateLoans: one },
    { endingOffers: one },
    { unsignedAgreements: one },
    { unserved: { count: 1, categories: ['laptop'] } },
    { stuckNotices: one },
    { deadAddresses: one },
    { letters: 1 },
  ];
  for (const kind of each) expect(isEmpty({ ...nothing, ...kind })).toBe(false);
});

describe('eight in the morning', () => {
  const next = (now: string, zone = 'Europe/Paris') => nextDigest(new Date(now), zone).toISOString();

  test('is today until it is eight, then tomorrow', () => {
    expect(next('2026-11-02T06:59:59Z')).toBe('2026-11-02T07:00:00.000Z');
    expect(next('2026-11-02T07:00:00Z')).toBe('2026-11-03T07:00:00.000Z');
    expect(digestOfToday(new Date('2026-11-02T22:00:00Z'), 'Europe/Paris').toISOString()).toBe('2026-11-02T07:00:00.000Z');
  });

  test('is by the clocks of the council, also when they change', () => {
    expect(next('2026-03-28T07:00:00Z')).toBe('2026-03-29T06:00:00.000Z');
    expect(next('2026-10-24T06:00:00Z')).toBe('2026-10-25T07:00:00.000Z');
    expect(next('2026-11-02T07:00:00Z', 'Indian/Reunion')).toBe('2026-11-03T04:00:00.000Z');
  });
});
