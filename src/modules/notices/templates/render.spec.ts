import { describe, expect } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { day } from '../../../shared/day.js';
import type { Channel } from '../domain/channels.js';
import type { FactsOf, TriggerName } from '../domain/triggers.js';
import { combinedText, renderTemplate } from './render.js';
import { sampleFacts } from './samples.js';
import { shippedFrame, shippedTemplate } from './shipped.js';
import type { Template } from './template.js';

const PARIS = { timeZone: 'Europe/Paris' };

interface Writing<Name extends TriggerName> {
  readonly language?: string;
  readonly channel?: Channel;
  readonly facts?: Partial<FactsOf<Name>>;
  readonly timeZone?: string;
}

function written<Name extends TriggerName>(
  trigger: Name,
  body: string,
  { language, channel, facts, timeZone }: Writing<Name> = {},
): string {
  const template: Template<Name> = { trigger, channel: channel ?? 'email', language: language ?? 'fr', subject: 'x', body };
  return renderTemplate(template, { ...sampleFacts(trigger), ...facts }, { timeZone: timeZone ?? 'Europe/Paris' }).body;
}

describe('days and hours', () => {
  test.each([
    ['fr', '{dueOn}', 'mercredi 16 septembre'],
    ['fr', '{dueOn, date}', 'mercredi 16 septembre'],
    ['fr', '{dueOn, date, short}', '16 septembre'],
    ['fr', '{dueOn, date, long}', 'mercredi 16 septembre 2026'],
    ['en', '{dueOn, date, long}', 'Wednesday 16 September 2026'],
    ['ar', '{dueOn, date, short}', '16 سبتمبر'],
    ['tr', '{dueOn, date, short}', '16 Eylül'],
    ['pt', '{dueOn, date, short}', '16 de setembro'],
    ['uk', '{dueOn, date, short}', '16 вересня'],
    ['ro', '{dueOn, date, short}', '16 septembrie'],
    ['es', '{dueOn, date, short}', '16 de septiembre'],
    ['pl', '{dueOn, date, short}', '16 września'],
  ])('in %s %s is %s', (language, body, text) => {
    expect(written('loan_due', body, { language }).replace(/[,،]/g, '')).toBe(text);
  });

  test('the first of a month in French', () => {
    expect(written('loan_due', '{dueOn}', { facts: { dueOn: day('2026-10-01') } })).toBe('jeudi 1er octobre');
  });

  test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/Sao_Paulo'])('a day is that day in %s too', (timeZone) => {
    expect(written('loan_due', '{dueOn, date, short}', { timeZone })).toBe('16 septembre');
  });

  test('an instant is told in the council’s time', () => {
    const pickupAt = new Date('2026-11-02T23:30:00Z');
    expect(written('pickup_booked', '{pickupAt}', { facts: { pickupAt } })).toMatch(/^mardi 3 novembre à 0?0[:h ]+30$/);
    expect(written('pickup_booked', '{pickupAt, time}', { facts: { pickupAt }, timeZone: 'America/Cayenne' })).toMatch(/^20[:h ]+30$/);
  });
});

describe('counts, choices and what is not known', () => {
  const body = '{items, plural, zero {Z#} one {O#} two {T#} few {F#} many {M#} other {X#}}';

  test.each([
    ['ar', 'Z0 O1 T2 F3 F5 M11 M21 X100'],
    ['uk', 'M0 O1 F2 F3 M5 M11 O21 M100'],
    ['pl', 'M0 O1 F2 F3 M5 M11 M21 M100'],
    ['ro', 'F0 O1 F2 F3 F5 F11 X21 X100'],
    ['fr', 'O0 O1 X2 X3 X5 X11 X21 X100'],
    ['tr', 'X0 O1 X2 X3 X5 X11 X21 X100'],
  ])('%s has its forms', (language, forms) => {
    const each = [0, 1, 2, 3, 5, 11, 21, 100].map((items) => written('loan_due', body, { language, facts: { items } }));
    expect(each.join(' ')).toBe(forms);
  });

  test('a choice reads as its word, or chooses', () => {
    expect(written('offer_made', '{device} / {device, select, laptop {L} other {O}}', { facts: { device: 'laptop' } })).toBe(
      'un ordinateur portable / L',
    );
    expect(written('offer_made', '{deviceClass}', { language: 'pt-BR' })).toBe('um computador ou um tablet');
  });

  test('what is not known can be asked for, and leaves no trace', () => {
    const text = 'A\n\n{hasUntil, select, yes {B {until, date, short}} other {}}\n\nC{until}';
    expect(written('request_suspended', text)).toBe('A\n\nB 16 septembre\n\nCmercredi 16 septembre');
    expect(written('request_suspended', text, { facts: { until: null } })).toBe('A\n\nC');
    expect(written('request_refused', '{hasReason}{reason}', { facts: { reason: null } })).toBe('');
  });

  test('a list has a line each', () => {
    expect(written('loan_due', 'Liste :\n{devices}\nFin', { facts: { devices: ['un', 'deux\n- trois'] } })).toBe(
      'Liste :\n- un\n- deux - trois\nFin',
    );
  });
});

describe('what somebody typed', () => {
  test.prop([fc.string({ unit: 'grapheme' }).filter((text) => text.trim() !== '')])('is never read as MessageFormat', (contactName) => {
    const plain = contactName.replace(/[\s\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();
    expect(written('need_review_due', '[{contactName}]', { facts: { contactName } }).replace(/ +/g, ' ')).toBe(`[${plain}]`);
  });

  test.each(['{reference}', "'{reference}'", '<b>{x, plural, other {#}}</b>', "'", '#'])('%s stays as it is', (contactName) => {
    const facts = { ...sampleFacts('need_review_due'), contactName };
    const text = renderTemplate(template('need_review_due', 'email', 'fr'), facts, PARIS);
    expect(combinedText(shippedFrame('email', 'fr'), [text], facts).body).toContain(`Bonjour ${contactName},`);
    expect(combinedText(shippedFrame('email', 'fr'), [{ subject: null, body: contactName }], facts).body).toContain(`\n${contactName}\n`);
  });

  test('is one line, without marks that turn the text around', () => {
    expect(written('need_review_due', '{contactName}', { facts: { contactName: ' a\r\nBcc: b\u202Ec ' } })).toBe('a Bcc: bc');
  });

  test('keeps its order within Arabic, but in an SMS', () => {
    expect(written('need_review_due', '{reference}', { language: 'ar' })).toBe('\u2068F-7K3M-2Q\u2069');
    expect(written('need_review_due', '{contactName}', { language: 'ar', facts: { contactName: 'أمل' } })).toBe('أمل');
    expect(written('need_review_due', '{reference}', { language: 'ar', channel: 'sms' })).toBe('F-7K3M-2Q');
  });
});

describe('a message', () => {
  const texts = (channel: Channel, language: string) =>
    (['loan_due', 'need_review_due'] as const).map((trigger) =>
      renderTemplate(template(trigger, channel, language), sampleFacts(trigger), PARIS),
    );
  const facts = sampleFacts('need_review_due');

  test('of one notice has its subject', () => {
    const [first] = texts('email', 'en');
    expect(combinedText(shippedFrame('email', 'en'), [first!], facts)).toEqual({
      subject: expect.stringContaining('To bring back by'),
      body: expect.stringMatching(/^Hello Nadia Benali,\n\nYour loan ends in 2 days\.\n\n[^]*\n\nYour file: F-7K3M-2Q\nVille de Cergy$/),
    });
  });

  test('of several greets and signs once', () => {
    const { subject, body } = combinedText(shippedFrame('email', 'en'), texts('email', 'en'), facts);
    expect(subject).toBe('News about your file');
    expect(body.match(/Hello/g)).toHaveLength(1);
    expect(body.match(/Ville de Cergy/g)).toHaveLength(1);
    expect(body).toMatch(/extend the loan[^]*\n\nSome time ago/);
  });

  test('by SMS names the council and the file once, and has a line each', () => {
    const { subject, body } = combinedText(shippedFrame('sms', 'fr'), texts('sms', 'fr'), facts);
    expect(subject).toBeNull();
    expect(body.split('\n')).toEqual([
      'Ville de Cergy, dossier F-7K3M-2Q : A rendre le 16 septembre au plus tard, Collège Jean-Moulin : 2 appareils. Besoin de temps ? Tél. 0139334455.',
      'Votre dossier est-il toujours à jour ? Merci de le vérifier : pret.cergy.fr/f, 0139334455.',
    ]);
  });
});

function template<Name extends TriggerName>(trigger: Name, channel: Channel, language: string): Template<Name> {
  return shippedTemplate(trigger, channel, language)!;
}
