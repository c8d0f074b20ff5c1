import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { day } from '../../../shared/day.js';
import { type DueNotice, gather, type Gathering, type NotifiableContact } from './gathering.rules.js';
import { type NoticePolicy, SHIPPED_NOTICE_POLICY } from './notice-policy.rules.js';
import { NO_EVENT_TIMES } from './triggers/trigger.js';
import { TRIGGER_NAMES, TRIGGERS } from './triggers.js';

const hours = { reminderTime: '09:00', quietHours: { from: '20:00', to: '08:00' }, sundays: false, holidays: [] };
const policy: NoticePolicy = { ...SHIPPED_NOTICE_POLICY, ...hours };
const available = { sms: true, email: true, letter: true };
const when = { now: new Date('2026-11-02T08:00:00Z'), timeZone: 'Europe/Paris', policy, available };
const REACH = { preferredChannel: null, phone: null, email: null, hasAddress: true, phoneMarked: false, emailMarked: false };
const TOMORROW = new Date('2026-11-03T08:00:00Z');

const HOMES = ['h1', 'h2', 'h3'];
const household = fc.record({ adults: fc.integer({ min: 0, max: 3 }), told: fc.boolean() });
const peopleOf = (homes: readonly { adults: number; told: boolean }[]): NotifiableContact[] =>
  homes.flatMap(({ adults, told }, index) =>
    Array.from({ length: adults }, (_, number) => ({
      ...REACH,
      id: `${HOMES[index]}.${number}`,
      householdId: HOMES[index] as string,
      toldToday: told && number === 0,
    })),
  );
const due = fc
  .array(fc.record({ householdId: fc.constantFrom(...HOMES), trigger: fc.constantFrom(...TRIGGER_NAMES) }), { maxLength: 12 })
  .map((notices) =>
    notices.map((notice, index): DueNotice => ({
      ...NO_EVENT_TIMES,
      ...notice,
      id: `n${index}`,
      contactId: null,
      slot: null,
      again: false,
    })),
  );

const gathered = (notices: readonly DueNotice[], people: readonly NotifiableContact[], set: Partial<typeof when> = {}): Gathering => {
  let made = 0;
  return gather(notices, people, () => `copy${++made}`, { ...when, ...set });
};

describe('whatever is due', () => {
  test.prop([due, fc.tuple(household, household, household)])(
    'is told once to each who is to be told, and to nobody else',
    (notices, homes) => {
      const people = peopleOf(homes);
      const { handedOver, putOff, dropped } = gathered(notices, people);
      const addressed = [...handedOver, ...putOff];
      expect(new Set(addressed.map(({ id }) => id)).size).toBe(addressed.length);
      for (const { id, householdId } of notices) {
        const to = addressed.filter((notice) => (notice.copyOf ?? notice.id) === id).map(({ contactId }) => contactId);
        const adults = people.filter((person) => person.householdId === householdId).map((person) => person.id);
        expect(to.sort()).toEqual(adults.sort());
        expect(dropped.filter((each) => each.id === id)).toEqual(adults.length === 0 ? [{ id, reason: 'NO_CONTACT' }] : []);
      }
    },
  );

  test.prop([due, fc.tuple(household, household, household)])(
    'is one message a person, but for what is urgent, which goes alone',
    (notices, homes) => {
      const people = peopleOf(homes);
      const { handedOver } = gathered(notices, people);
      const triggerOf = new Map(notices.map(({ id, trigger }) => [id, trigger]));
      const isUrgent = (notice: (typeof handedOver)[number]) => TRIGGERS[triggerOf.get(notice.copyOf ?? notice.id)!].urgent;
      for (const { id } of people) {
        const own = handedOver.filter(({ contactId }) => contactId === id);
        const heads = own.filter((notice) => !isUrgent(notice) && notice.combinedInto === null);
        expect(heads.length).toBeLessThanOrEqual(1);
        for (const notice of own) {
          if (isUrgent(notice)) expect([notice.combinedInto, notice.isOfTheDay]).toEqual([null, false]);
          else if (notice !== heads[0]) expect(notice.combinedInto).toBe(heads[0]?.id);
        }
      }
    },
  );

  test.prop([due, fc.tuple(household, household, household)])(
    'waits for tomorrow where there was a message today, unless it has a day of its own',
    (notices, homes) => {
      const people = peopleOf(homes);
      const { putOff, handedOver } = gathered(notices, people);
      const triggerOf = new Map(notices.map(({ id, trigger }) => [id, trigger]));
      const told = new Set(people.filter(({ toldToday }) => toldToday).map(({ id }) => id));
      for (const notice of putOff) {
        expect(told).toContain(notice.contactId);
        expect(notice.until).toEqual(TOMORROW);
        expect(TRIGGERS[triggerOf.get(notice.copyOf ?? notice.id)!].timing.from).toBe('moment');
      }
      // Nobody has two messages of one day.
      for (const { contactId, isOfTheDay } of handedOver) if (told.has(contactId)) expect(isOfTheDay).toBe(false);
    },
  );
});

test('in the holidays only what is urgent leaves; the rest waits for everybody', () => {
  const people = [{ ...REACH, id: 'nadia', householdId: 'h1', toldToday: false }];
  const notices = (['loan_due', 'offer_made'] as const).map((trigger) => ({
    ...NO_EVENT_TIMES,
    id: trigger,
    householdId: 'h1',
    contactId: null,
    trigger,
    slot: null,
    again: false,
  }));
  const holidays = [{ from: day('2026-11-01'), to: day('2026-11-08') }];
  const { handedOver, putOff } = gathered(notices, people, { policy: { ...policy, holidays } });
  expect(handedOver.map(({ id }) => id)).toEqual(['offer_made']);
  expect(putOff).toEqual([{ id: 'loan_due', copyOf: null, contactId: null, until: new Date('2026-11-09T08:00:00Z') }]);
});

test('who was meant and is there no longer is told nothing', () => {
  const notice = {
    id: 'n',
    householdId: 'h1',
    contactId: 'gone',
    ...NO_EVENT_TIMES,
    trigger: 'loan_returned',
    slot: null,
    again: false,
  } as const;
  expect(gathered([notice], [{ ...REACH, id: 'nadia', householdId: 'h1', toldToday: false }])).toEqual({
    handedOver: [],
    putOff: [],
    dropped: [{ id: 'n', reason: 'CONTACT_GONE' }],
  });
});

test('what a person sends again goes at once and alone, whatever left today', () => {
  const notice = {
    id: 'n',
    householdId: 'h1',
    contactId: 'nadia',
    ...NO_EVENT_TIMES,
    trigger: 'loan_returned',
    slot: null,
    again: true,
  } as const;
  expect(gathered([notice], [{ ...REACH, id: 'nadia', householdId: 'h1', toldToday: true }]).handedOver).toEqual([
    { id: 'n', copyOf: null, contactId: 'nadia', combinedInto: null, isOfTheDay: false },
  ]);
});

describe('what speaks of something to come', () => {
  const nadia = { ...REACH, id: 'nadia', householdId: 'h1', toldToday: true };
  const notice = { ...NO_EVENT_TIMES, id: 'n', householdId: 'h1', contactId: null, slot: null, again: false };

  test('waits for the next day only where that is early enough', () => {
    const booked = (pickupAt: string) => gathered([{ ...notice, trigger: 'pickup_booked', pickupAt: new Date(pickupAt) }], [nadia]);
    expect(booked('2026-11-03T15:00:00Z').putOff).toMatchObject([{ id: 'n', until: TOMORROW }]);
    expect(booked('2026-11-03T08:00:00Z').handedOver).toMatchObject([{ id: 'n', isOfTheDay: false }]);
  });

  test('is not held back by holidays that end after it', () => {
    const holidays = [{ from: day('2026-11-01'), to: day('2026-11-08') }];
    const due = (dueOn: string) =>
      gathered([{ ...notice, trigger: 'loan_due', dueOn: day(dueOn) }], [nadia], { policy: { ...policy, holidays } });
    expect(due('2026-11-05').handedOver).toMatchObject([{ id: 'n' }]);
    expect(due('2026-11-12').putOff).toMatchObject([{ id: 'n', until: new Date('2026-11-09T08:00:00Z') }]);
  });

  test('waits until it is true: nothing is dropped for being early', () => {
    const late = gathered([{ ...notice, trigger: 'loan_overdue', overdueFrom: day('2026-11-03') }], [nadia]);
    expect(late).toMatchObject({ handedOver: [], putOff: [{ id: 'n', contactId: null, until: TOMORROW }], dropped: [] });
  });
});

describe('those who share a number or a mailbox', () => {
  const notice = {
    ...NO_EVENT_TIMES,
    id: 'n',
    householdId: 'h1',
    contactId: null,
    trigger: 'offer_made',
    slot: null,
    again: false,
  } as const;
  const nadia = { ...REACH, id: 'nadia', householdId: 'h1', toldToday: false, phone: '+33612345678', email: 'nadia@example.fr' };
  const karim = { ...nadia, id: 'karim', email: 'karim@example.fr' };
  const told = (people: readonly NotifiableContact[], set: Partial<typeof when> = {}, asked: Partial<DueNotice> = {}) =>
    gathered([{ ...notice, ...asked }], people, set).handedOver.map(({ contactId }) => contactId);

  test('are told once, by the name of the first', () => {
    expect(told([nadia, karim])).toEqual(['nadia']);
    expect(told([karim, nadia, { ...nadia, id: 'sami', phone: '+33698765432' }])).toEqual(['karim', 'sami']);
    const mails = { preferredChannel: 'email', phone: null } as const;
    expect(
      told([
        { ...nadia, ...mails },
        { ...karim, ...mails, email: 'Nadia@Example.fr' },
      ]),
    ).toEqual(['nadia']);
  });

  test('are told apart where the message goes to another place of each', () => {
    expect(told([{ ...nadia, preferredChannel: 'email' }, karim])).toEqual(['nadia', 'karim']);
    expect(told([nadia, karim], { available: { ...available, sms: false } })).toEqual(['nadia', 'karim']);
    expect(
      told([
        { ...nadia, phoneMarked: true },
        { ...karim, phoneMarked: true },
      ]),
    ).toEqual(['nadia', 'karim']);
    // Persons who have neither get a letter each, because a letter begins with a name.
    expect(
      told([
        { ...REACH, id: 'a', householdId: 'h1', toldToday: false },
        { ...REACH, id: 'b', householdId: 'h1', toldToday: false },
      ]),
    ).toEqual(['a', 'b']);
  });

  test('are told what was meant for one of them alone', () => {
    expect(told([nadia, karim], {}, { contactId: 'karim' })).toEqual(['karim']);
  });

  test('of two households are told of each', () => {
    const other = { ...karim, householdId: 'h2' };
    expect(gathered([notice, { ...notice, id: 'm', householdId: 'h2' }], [nadia, other]).handedOver).toHaveLength(2);
  });
});
