import { expect, test } from '@jest/globals';
import { termsOf } from './agreement-terms.js';

test('the text of a scope is what the policy resolves for it, asked once or twice', () => {
  const everywhere = { schoolId: null, category: null, borrowerCategory: null };
  const termsFor = termsOf([{ ...everywhere, category: 'tablet', termsVersion: 'T' }]);
  for (let time = 1; time <= 2; time++) {
    expect(termsFor({ ...everywhere, category: 'tablet' })).toBe('T');
    expect(termsFor(everywhere)).toBe('2026-09');
  }
});
