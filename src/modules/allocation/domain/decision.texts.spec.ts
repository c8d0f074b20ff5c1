import { expect, test } from '@jest/globals';
import { TEXT_LANGUAGES } from '../../../shared/language.js';
import { decisionSentence, QUEUE_BYPASS_KINDS } from './decision.texts.js';

/** Late in the evening in UTC, and the next day in Paris. */
const AT = new Date('2026-11-02T23:30:00Z');

test('tells the day of the council’s calendar, and why', () => {
  const decision = { kind: 'placement', at: AT, reason: 'Examen dans dix jours' } as const;
  expect(decisionSentence(decision, 'fr', 'Europe/Paris')).toBe(
    'Le 3 novembre 2026, une personne a réservé à une autre famille, placée après celle-ci dans la file, un appareil qui aurait convenu à cette demande. Sa raison : « Examen dans dix jours »',
  );
  expect(decisionSentence({ ...decision, kind: 'override', reason: null }, 'en', 'UTC')).toBe(
    'On November 2, 2026 a person handed to another family, out of turn, a device that would have suited this request. The reason is no longer kept.',
  );
});

test.each(TEXT_LANGUAGES)('in %s each kind has a sentence of its own, with its reason', (language) => {
  const sentences = QUEUE_BYPASS_KINDS.map((kind) => decisionSentence({ kind, at: AT, reason: 'R. 1' }, language, 'Europe/Paris'));
  expect(new Set(sentences).size).toBe(QUEUE_BYPASS_KINDS.length);
  for (const sentence of sentences) expect(sentence).toContain('R. 1');
});
