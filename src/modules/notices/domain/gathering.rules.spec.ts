import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { day } from '../../../shared/day.js';
import { type DueNotice, gather, type Gathering, type Person } from './gathering.rules.js';
import { TIMING } from './notice-policy.rules.js';
import { TRIGGER_NAMES, TRIGGERS } from './triggers.js';

const hours = { reminderTime: '09:00', quietHours: { from: '20:00', to: '08:00' }, sundays: false, holidays: [] };
const when = { now: new Date('2026-11-02T08:00:00Z'), timeZone: 'Europe/Paris', hours };
const TOMORROW = new Date('2026-11-03T08:00:00Z');

const HOMES = ['h1', 'h2', 'h3'];
const household = fc.record({ adults: fc.integer({ min: 0, max: 3 }), told: fc.boolean() });
const peopleOf = (homes: readonly { adults: number; told: boolean }[]): Person[] =>
  homes.flatMap(({ adults, told }, index) =>
    Array.from({ length: adults }, (_, number) => ({
      id: `${HOMES[index]}.${number}`,
      householdId: HOMES[index] as string,
      toldToday: told && number === 0,
    })),
  );
const due = fc
  .array(fc.record({ householdId: fc.constantFrom(...HOMES), trigger: fc.constantFrom(...TRIGGER_NAMES) }), { maxLength: 12 })
  .map((notices) => notices.map((notice, index): DueNotice => ({ ...notice, id: `n${index}`, contactId: null, again: false })));

const gathered = (notices: readonly DueNotice[], people: readonly Person[], set: Partial<typeof when> = {}): Gathering => {
  let made = 0;
  return gather(notices, people, () => `copy${++made}`, { ...when, ...set });
};

describe('whatever is due', () => {
  test.prop([due, fc.tuple(household, household, household)])(
    'is told once to each who is to be told, and to nobody else',
    (notices, homes) => {
      const people = peopleOf(homes);
      const { handedOver, putOff, dropped } = gathered(notices, people);
      const parcels = [...handedOver, ...putOff];
      expect(new Set(parcels.map(({ id }) => id)).size).toBe(parcels.length);
      for (const { id, householdId } of notices) {
        const to = parcels.filter((parcel) => (parcel.copyOf ?? parcel.id) === id).map(({ contactId }) => contactId);
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
      const isUrgent = (parcel: (typeof handedOver)[number]) => TRIGGERS[triggerOf.get(parcel.copyOf ?? parcel.id)!].urgent;
      for (const { id } of people) {
        const own = handedOver.filter(({ contactId }) => contactId === id);
        const heads = own.filter((parcel) => !isUrgent(parcel) && parcel.combinedInto === null);
        expect(heads.length).toBeLessThanOrEqual(1);
        for (const parcel of own) {
          if (isUrgent(parcel)) expect([parcel.combinedInto, parcel.isOfTheDay]).toEqual([null, false]);
          else if (parcel !== heads[0]) expect(parcel.combinedInto).toBe(heads[0]?.id);
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
      for (const parcel of putOff) {
        expect(told).toContain(parcel.contactId);
        expect(parcel.until).toEqual(TOMORROW);
        expect(TIMING[triggerOf.get(parcel.copyOf ?? parcel.id)!].from).toBe('moment');
      }
      // Nobody has two messages of one day.
      for (const { contactId, isOfTheDay } of handedOver) if (told.has(contactId)) expect(isOfTheDay).toBe(false);
    },
  );
});

test('in the holidays only what is urgent leaves; the rest waits for everybody', () => {
  const people = [{ id: 'nadia', householdId: 'h1', toldToday: false }];
  const notices = (['loan_due', 'offer_made'] as const).map((trigger) => ({
    id: trigger,
    householdId: 'h1',
    contactId: null,
    trigger,
    again: false,
  }));
  const holidays = [{ from: day('2026-11-01'), to: day('2026-11-08') }];
  const { handedOver, putOff } = gathered(notices, people, { hours: { ...hours, holidays } as never });
  expect(handedOver.map(({ id }) => id)).toEqual(['offer_made']);
  expect(putOff).toEqual([{ id: 'loan_due', copyOf: null, contactId: null, until: new Date('2026-11-09T08:00:00Z') }]);
});

test('who was meant and is there no longer is told nothing', () => {
  const notice = { id: 'n', householdId: 'h1', contactId: 'gone', trigger: 'loan_returned', again: false } as const;
  expect(gathered([notice], [{ id: 'nadia', householdId: 'h1', toldToday: false }])).toEqual({
    handedOver: [],
    putOff: [],
    dropped: [{ id: 'n', reason: 'CONTACT_GONE' }],
  });
});

test('what a person sends again goes at once and alone, whatever left today', () => {
  const notice = { id: 'n', householdId: 'h1', contactId: 'nadia', trigger: 'loan_returned', again: true } as const;
  expect(gathered([notice], [{ id: 'nadia', householdId: 'h1', toldToday: true }]).handedOver).toEqual([
    { id: 'n', copyOf: null, contactId: 'nadia', combinedInto: null, isOfTheDay: false },
  ]);
});
