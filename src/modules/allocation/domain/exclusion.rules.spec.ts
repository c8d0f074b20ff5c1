import { describe, expect, test } from '@jest/globals';
import { exclusionAfter } from './exclusion.rules.js';

const wish = (by: string, role: Parameters<typeof exclusionAfter>[1]['role']) => ({ lineId: 'l', reason: 'A déménagé', by, role });

describe('who may set a line aside', () => {
  test.each(['council_manager', null] as const)('one %s', (role) => {
    expect(exclusionAfter(null, wish('a', role))).toEqual({
      lineId: 'l',
      reason: 'A déménagé',
      excludedBy: 'a',
      confirmedBy: null,
      isEffective: true,
    });
  });

  test('two administrators, who are not one person', () => {
    const first = exclusionAfter(null, wish('a', 'school_administrator'));
    expect(first.isEffective).toBe(false);
    expect(exclusionAfter(first, wish('a', 'school_administrator'))).toBe(first);
    expect(exclusionAfter(first, wish('b', 'school_administrator'))).toEqual({ ...first, confirmedBy: 'b', isEffective: true });
  });

  test('an administrator and a manager; what stands is not said again', () => {
    const first = exclusionAfter(null, wish('a', 'school_administrator'));
    const second = exclusionAfter(first, wish('m', 'council_manager'));
    expect(second).toEqual({ ...first, confirmedBy: 'm', isEffective: true });
    expect(exclusionAfter(second, wish('b', 'school_administrator'))).toBe(second);
  });
});
