import { describe, expect, test } from '@jest/globals';
import { directionOf, TEXT_LANGUAGES } from '../../../shared/language.js';
import { CHANNELS } from '../domain/channels.js';
import { TRIGGER_NAMES, TRIGGERS } from '../domain/triggers.js';
import { combinedText, renderTemplate } from './render.js';
import { sampleVariants } from './samples.js';
import { shippedFrame, shippedTemplate, wordFor } from './shipped.js';
import { frameFaults, reviewTemplate } from './template-faults.js';
import type { Template } from './template.js';

const shipped = (trigger: (typeof TRIGGER_NAMES)[number], channel: (typeof CHANNELS)[number], language: string): Template => {
  const template = shippedTemplate(trigger, channel, language);
  if (!template) throw new Error(`No text for ${trigger} by ${channel} in ${language}`);
  return template;
};

/** Words that ask for a call. The device that is lent may be a telephone, and is named so. */
const CALLING: Readonly<Record<(typeof TEXT_LANGUAGES)[number], RegExp>> = {
  fr: /par téléphone|appelez|\btél\./i,
  en: /by phone|call us|\btel\./i,
  ar: /بالهاتف|اتصلوا بنا|الاتصال بنا/,
  tr: /telefonla|bizi arayın|telefon edin|\btel\./i,
  pt: /por telefone|telefone-nos|\btel\./i,
  uk: /телефоном|телефонуйте|тел\./i,
  ro: /la telefon|sunați|\btel\./i,
  es: /por teléfono|llámenos|\btel\./i,
};

describe.each(TEXT_LANGUAGES)('the texts in %s', (language) => {
  test.each(TRIGGER_NAMES)('of %s are whole, whatever the facts', (trigger) => {
    for (const channel of CHANNELS) {
      const template = shipped(trigger, channel, language);
      expect(reviewTemplate(template).faults).toEqual([]);
      for (const facts of sampleVariants(trigger)) {
        const { subject, body } = combinedText(
          shippedFrame(channel, language),
          [renderTemplate(template, facts, { timeZone: 'Europe/Paris' })],
          facts,
        );
        const text = `${subject ?? ''}\n${body}`;
        expect(text).not.toMatch(/[{}#]|undefined|null|NaN|\[object|\bother\b.*\{| {2}|\n{3}|\s[.,]|\.\./);
        expect(text).toContain('Ville de Cergy');
        if (channel !== 'sms') expect(subject).not.toBe('');
      }
    }
  });

  test('say where to answer and whom to call, and nothing of calling where nobody can be called', () => {
    const written = (trigger: (typeof TRIGGER_NAMES)[number], channel: (typeof CHANNELS)[number], phone: string | null) =>
      sampleVariants(trigger).map(
        (facts) => renderTemplate(shipped(trigger, channel, language), { ...facts, phone }, { timeZone: 'Europe/Paris' }).body,
      );
    let answered = 0;
    for (const trigger of TRIGGER_NAMES) {
      for (const channel of CHANNELS) {
        const calls = written(trigger, channel, '0139334455').filter((text) => text.includes('0139334455'));
        const alone = written(trigger, channel, null);
        if (calls.length > 0)
          expect([trigger, channel, alone.some((text) => text.includes('pret.cergy.fr/f'))]).toEqual([trigger, channel, true]);
        for (const text of alone) expect([trigger, channel, CALLING[language].exec(text)?.[0]]).toEqual([trigger, channel, undefined]);
        answered += calls.length;
      }
    }
    expect(answered).toBeGreaterThan(100);
  });

  test.each(TRIGGER_NAMES)('of %s by SMS stay short', (trigger) => {
    const sms = reviewTemplate(shipped(trigger, 'sms', language)).sms;
    const isLatin = !['ar', 'uk'].includes(language);
    expect(sms?.encoding).toBe(isLatin ? 'gsm7' : 'ucs2');
    expect(sms?.parts).toBeLessThanOrEqual(isLatin ? 1 : 2);
  });

  test('a message runs in the direction of its language from its first letter', () => {
    for (const channel of CHANNELS) {
      const first = /\p{L}/u.exec(reviewTemplate(shipped('loan_due', channel, language)).preview?.body ?? '')?.[0] ?? '';
      expect(/\p{Script=Arabic}/u.test(first)).toBe(directionOf(language) === 'rtl');
    }
  });

  test('an SMS tells no reason and no device of a list, which the e-mail tells', () => {
    for (const trigger of TRIGGER_NAMES)
      expect(shipped(trigger, 'sms', language).body).not.toMatch(/\{(reason|devices|contactName|incidentKind)/);
    for (const trigger of TRIGGER_NAMES.filter((name) => 'devices' in TRIGGERS[name].variables))
      expect(shipped(trigger, 'email', language).body).toContain('{devices}');
    expect(shipped('request_refused', 'email', language).body).toContain('{reason}');
  });

  test('every text says its trigger in its own words', () => {
    const bodies = TRIGGER_NAMES.flatMap((trigger) => [shipped(trigger, 'sms', language).body, shipped(trigger, 'email', language).body]);
    expect(new Set(bodies).size).toBe(bodies.length);
  });

  test('the frames stand around any text', () => {
    for (const channel of CHANNELS) {
      const { subject, body } = shippedFrame(channel, language);
      expect(frameFaults(channel, language, subject, body)).toEqual([]);
    }
  });

  test('there is a word for every choice', () => {
    for (const trigger of TRIGGER_NAMES) {
      for (const [name, variable] of Object.entries(TRIGGERS[trigger].variables)) {
        if ('values' in variable) for (const value of variable.values) expect(wordFor(language, name, value)).toEqual(expect.any(String));
      }
    }
  });
});

test('a region reads the texts of its language; in a language without texts there is still a frame', () => {
  expect(shippedTemplate('offer_made', 'sms', 'pt-BR')?.body).toBe(shipped('offer_made', 'sms', 'pt').body);
  expect(shippedTemplate('offer_made', 'sms', 'pl')).toBeNull();
  for (const channel of CHANNELS) {
    const { subject, body } = shippedFrame(channel, 'pl');
    expect(frameFaults(channel, 'pl', subject, body)).toEqual([]);
  }
});
