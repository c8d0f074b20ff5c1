import { describe, expect, test } from '@jest/globals';
import type { Channel } from '../domain/channels.js';
import type { TriggerName } from '../domain/triggers.js';
import { frameFaults, reviewTemplate, templateFaults } from './template-faults.js';

const faultsOf = (body: string, language = 'fr', trigger: TriggerName = 'loan_due', channel: Channel = 'email') =>
  templateFaults(trigger, channel, language, channel === 'sms' ? null : 'Sujet', body).map(
    ({ pointer, code, message }) => `${pointer} ${code} ${message}`,
  );

describe('faults of a text', () => {
  test.each([
    ['{dueOn', '/body SYNTAX is not ICU MessageFormat: expect argument closing brace (line 1, column 1)'],
    ['Bonjour,\n{dueOn, dat}', '/body SYNTAX is not ICU MessageFormat: invalid argument type (line 2, column 9)'],
    ['{items, plural, one {x}}', '/body MISSING_OTHER select and plural need the branch other (line 1, column 24)'],
    [
      'A {name}',
      '/body UNKNOWN_VARIABLE {name} has no meaning here; there are contactName, councilName, reference, pages, phone, loanReference, devices, items, siteName, dueOn, days, hasPhone (line 1, column 3)',
    ],
    ['{constructor}', expect.stringContaining('/body UNKNOWN_VARIABLE {constructor} has no meaning here')],
    ['{items, plural, other {{nom}} one {x}}', expect.stringContaining('UNKNOWN_VARIABLE {nom}')],
    [
      '{siteName, plural, one {x} other {y}}',
      "/body WRONG_KIND {siteName} is a text, which can't be used as a plural: write it alone (line 1, column 1)",
    ],
    ['{items, date}', expect.stringContaining('WRONG_KIND {items} is a count')],
    ['{dueOn, time}', expect.stringContaining('WRONG_KIND {dueOn} is a day')],
    ['{dueOn, number}', expect.stringContaining('WRONG_KIND {dueOn} is a day')],
    ['{items, select, a {x} other {y}}', expect.stringContaining('WRONG_KIND {items} is a count')],
    ['{dueOn, date, tiny}', '/body UNKNOWN_STYLE {dueOn} is none of the styles short, medium, long, full (line 1, column 1)'],
    ['{dueOn, date, ::yyyy}', expect.stringContaining('UNKNOWN_STYLE')],
    ['{items, number, percent}', '/body UNKNOWN_STYLE {items} takes no style (line 1, column 1)'],
    ['{items, plural, other {x}}', '/body MISSING_PLURAL_FORM {items} needs the form one in fr (0, 1…) (line 1, column 1)'],
    ['{items, plural, one {x} lot {y} other {z}}', expect.stringContaining('UNKNOWN_PLURAL_FORM {items} has the form lot')],
    [
      "Prêt d'{items} appareils",
      "/body QUOTED_BRACE an apostrophe before a brace makes it plain text: write ’ or '' there (line 1, column 1)",
    ],
    ['', '/body REQUIRED must not be empty'],
    ['x'.repeat(5_001), '/body TOO_LONG must have 5000 characters or fewer'],
  ])('%j', (body, fault) => {
    expect(faultsOf(body)).toEqual([fault]);
  });

  test('every fault is told at once', () => {
    expect(faultsOf('{a} {siteName, number} {items, plural, other {{b}}}')).toHaveLength(4);
  });

  test('a choice is one of its own, and reads as a word only where there are words', () => {
    expect(faultsOf('{device} {device, select, laptop {x} other {y}}', 'fr', 'offer_made')).toEqual([]);
    expect(faultsOf('{device, select, car {x} other {y}}', 'fr', 'offer_made')).toEqual([
      expect.stringContaining('UNKNOWN_CHOICE {device} is never car'),
    ]);
    expect(faultsOf('{device}', 'pl', 'offer_made')).toEqual([expect.stringContaining('WRONG_KIND {device} has no word of its own in pl')]);
    expect(faultsOf('{hasReason}', 'fr', 'request_refused')).toEqual([expect.stringContaining('WRONG_KIND')]);
  });

  test.each([
    ['ar', ['zero', 'one', 'two', 'few', 'many']],
    ['uk', ['many', 'one', 'few']],
    ['pl', ['many', 'one', 'few']],
    ['ro', ['few', 'one']],
    ['en', ['one']],
    ['es', ['one']],
    ['ja', []],
  ])('%s needs the forms of its counts', (language, forms) => {
    expect(faultsOf('{items, plural, other {#}}', language)).toEqual(
      forms.map((form) => expect.stringContaining(`MISSING_PLURAL_FORM {items} needs the form ${form} in ${language}`)),
    );
  });

  test('an exact branch stands for a form that no other count has', () => {
    expect(faultsOf('{items, plural, =0 {-} =1 {-} =2 {-} few {#} many {#} other {#}}', 'ar')).toEqual([]);
    expect(faultsOf('{items, plural, =1 {-} few {#} many {#} other {#}}', 'uk')).toEqual([
      expect.stringContaining('form one in uk (21, 31, 41…)'),
    ]);
  });
});

describe('the subject', () => {
  test.each([
    ['email', null, 'REQUIRED'],
    ['letter', null, 'REQUIRED'],
    ['letter', ' ', 'REQUIRED'],
    ['sms', 'Sujet', 'NOT_TAKEN'],
    ['email', 'a\nb', 'INVALID'],
    ['email', 'x'.repeat(201), 'TOO_LONG'],
    ['email', '{x}', 'UNKNOWN_VARIABLE'],
  ] as const)('by %s %j: %s', (channel, subject, code) => {
    expect(templateFaults('loan_due', channel, 'fr', subject, 'Texte')).toEqual([expect.objectContaining({ pointer: '/subject', code })]);
  });
});

describe('the length of an SMS', () => {
  const reviewed = (body: string, language = 'fr') =>
    reviewTemplate({ trigger: 'offer_made', channel: 'sms', language, subject: null, body });

  test('counts the frame, and the longest choice', () => {
    const { faults, sms, preview } = reviewed('{device}');
    expect(faults).toEqual([]);
    expect(preview?.body).toBe('Ville de Cergy, dossier F-7K3M-2Q : un ordinateur fixe');
    expect(sms).toEqual({ encoding: 'gsm7', characters: 36 + 'un ordinateur portable'.length, parts: 1 });
  });

  test('over three parts it is refused, with the count', () => {
    expect(reviewed('x'.repeat(3 * 153 - 36)).faults).toEqual([]);
    const { faults, sms } = reviewed('x'.repeat(3 * 153 - 35));
    expect(sms?.parts).toBe(4);
    expect(faults).toEqual([
      { pointer: '/body', code: 'TOO_MANY_PARTS', message: 'must fit in 3 SMS; with an example it takes 460 places of GSM-7 in 4 parts' },
    ]);
  });

  test('another script has less room', () => {
    expect(reviewed('ї'.repeat(170), 'uk').faults).toEqual([expect.objectContaining({ code: 'TOO_MANY_PARTS' })]);
  });
});

describe('a frame', () => {
  test.each([
    ['{contactName}, {text}', []],
    ['{contactName}', ['REQUIRED']],
    ['{text} {text}', ['REQUIRED']],
    ['{siteName} {text}', ['UNKNOWN_VARIABLE']],
  ])('%s', (body, codes) => {
    expect(frameFaults('email', 'fr', 'Nouvelles', body).map(({ code }) => code)).toEqual(codes);
  });

  test('its subject stands for several texts, and so holds none', () => {
    expect(frameFaults('email', 'fr', '{text}', '{text}')).toEqual([
      expect.objectContaining({ pointer: '/subject', code: 'UNKNOWN_VARIABLE' }),
    ]);
  });
});
