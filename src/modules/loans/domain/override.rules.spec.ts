import { describe, expect, test } from '@jest/globals';
import { overrideOf } from './override.rules.js';

const waited = { code: 'OTHERS_ARE_WAITING', overridable: true, message: 'Families ahead need it.' };
const away = { code: 'DEVICE_AT_ANOTHER_SITE', overridable: false, message: 'It is elsewhere.' };
const asked = { reason: 'The family moves tomorrow' };

describe('an override', () => {
  test('is kept with what it set aside, and is nothing where nothing stood against it', () => {
    expect(overrideOf([waited], asked, true)).toEqual({ ok: true, value: { codes: ['OTHERS_ARE_WAITING'], reason: asked.reason } });
    expect(overrideOf([], asked, false)).toEqual({ ok: true, value: null });
  });

  test('that was not asked for is not talked of', () => {
    expect(overrideOf([waited], null, false)).toEqual({ ok: false, reason: { kind: 'refused', reasons: [waited] } });
  });

  test('that the person may not give says so, and who may', () => {
    expect(overrideOf([waited], asked, false)).toMatchObject({
      reason: { reasons: [waited], detail: expect.stringContaining('You may not override this: ask a council manager') },
    });
  });

  test('that does not count against a reason names it, whoever asks', () => {
    for (const mayOverride of [true, false]) {
      expect(overrideOf([away, waited], asked, mayOverride)).toMatchObject({
        reason: { reasons: [away, waited], detail: 'No override counts against DEVICE_AT_ANOTHER_SITE.' },
      });
    }
  });
});
