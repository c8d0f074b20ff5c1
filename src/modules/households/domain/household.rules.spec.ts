import { fc, test as property } from '@fast-check/jest';
import { describe, expect, test } from '@jest/globals';
import {
  changeFaults,
  declaredFacts,
  factsAfter,
  learnerFaults,
  merged,
  openingFaults,
  roomFaults,
  schoolReferences,
  verificationFaults,
  verified,
} from './household.rules.js';
import { type Contact, type Draft, FACTS, type HouseholdContent, type HouseholdDraft, type Learner } from './household.js';

const THEN = new Date('2026-11-02T08:00:00Z');
const NOW = new Date('2026-11-09T08:00:00Z');

const aContact = (overrides: Partial<Draft<Contact>> = {}): Draft<Contact> => ({
  id: null,
  name: 'Nadia B.',
  relationship: 'parent',
  phone: '+33612345678',
  email: null,
  language: 'fr',
  preferredChannel: 'sms',
  notify: true,
  address: null,
  ...overrides,
});

const aLearner = (overrides: Partial<Draft<Learner>> = {}): Draft<Learner> => ({
  id: null,
  givenName: 'Amal',
  familyName: 'B.',
  level: 'college',
  schoolId: null,
  examYear: false,
  className: null,
  largeScreen: false,
  externalId: null,
  timetable: null,
  ...overrides,
});

const aDraft = (overrides: Partial<HouseholdDraft> = {}): HouseholdDraft => ({
  schoolId: null,
  homeAlone: null,
  bursaryLevel: null,
  contacts: [aContact()],
  learners: [aLearner()],
  equipment: [{ id: 'phone', category: 'smartphone', label: 'maman', available: null }],
  connectivity: { kind: 'mobile', simultaneousLive: null, available: null },
  ...overrides,
});

const stored = (overrides: Partial<HouseholdDraft> = {}): HouseholdContent => {
  let next = 0;
  const nothing = { schoolId: null, homeAlone: null, bursaryLevel: null, contacts: [], learners: [], equipment: [], connectivity: null };
  return merged(nothing, aDraft(overrides), () => `id-${++next}`);
};

const told = (faults: readonly { pointer: string; code: string }[]) => faults.map(({ pointer, code }) => `${pointer} ${code}`);

describe('what is against a rule', () => {
  test('an ordinary household is not', () => {
    expect(changeFaults(aDraft(), null)).toEqual([]);
    expect(changeFaults({}, stored())).toEqual([]);
  });

  test.each([
    ['sms', { phone: null }],
    ['email', { email: null }],
    ['letter', { address: null }],
  ] as const)('%s without what it needs', (preferredChannel, missing) => {
    const faults = changeFaults({ contacts: [aContact({ preferredChannel, ...missing })] }, null);
    expect(told(faults)).toEqual(['/contacts/0/preferredChannel CHANNEL_NOT_POSSIBLE']);
  });

  test('a contact who prefers nothing needs nothing', () => {
    expect(changeFaults({ contacts: [aContact({ phone: null, preferredChannel: null })] }, null)).toEqual([]);
  });

  test('pupil numbers, wherever one is typed', () => {
    const ine = '123456789AB';
    const draft = aDraft({
      contacts: [aContact({ name: ine })],
      learners: [aLearner({ givenName: ine, familyName: ine, className: ine, externalId: '1234 567 89AB' })],
      equipment: [{ id: null, category: 'laptop', label: ine, available: null }],
    });
    expect(told(changeFaults(draft, null))).toEqual([
      '/contacts/0/name PUPIL_NUMBER_REFUSED',
      '/learners/0/givenName PUPIL_NUMBER_REFUSED',
      '/learners/0/familyName PUPIL_NUMBER_REFUSED',
      '/learners/0/className PUPIL_NUMBER_REFUSED',
      '/learners/0/externalId PUPIL_NUMBER_REFUSED',
      '/equipment/0/label PUPIL_NUMBER_REFUSED',
    ]);
  });

  test('times that end before they start, and a weekday with two loads of work', () => {
    const backwards = [{ weekday: 1, from: '20:00', to: '18:00' }];
    const timetable = {
      live: [{ weekday: 1, from: '09:00', to: '09:00' }],
      work: [
        { weekday: 1, minutes: 60 },
        { weekday: 1, minutes: 30 },
      ],
    };
    const draft = aDraft({
      learners: [aLearner({ timetable })],
      equipment: [{ id: null, category: 'laptop', label: null, available: backwards }],
      connectivity: { kind: 'mobile', simultaneousLive: null, available: backwards },
    });
    expect(told(changeFaults(draft, null))).toEqual([
      '/learners/0/timetable/live/0/to ENDS_BEFORE_IT_STARTS',
      '/learners/0/timetable/work/1/weekday REPEATED',
      '/equipment/0/available/0/to ENDS_BEFORE_IT_STARTS',
      '/connectivity/available/0/to ENDS_BEFORE_IT_STARTS',
    ]);
  });

  test('ids that do not stand, or stand twice', () => {
    const before = stored();
    const { id } = before.contacts[0]!;
    const contacts = [aContact({ id }), aContact({ id }), aContact({ id: 'elsewhere' })];
    const device = { id: 'phone', category: 'smartphone', label: null, available: null } as const;
    expect(told(changeFaults({ contacts, equipment: [device, device] }, before))).toEqual([
      '/contacts/2/id UNKNOWN_REFERENCE',
      '/contacts/1/id REPEATED',
      '/equipment/1/id REPEATED',
    ]);
    expect(told(changeFaults(aDraft({ learners: [aLearner({ id })] }), null))).toEqual(['/learners/0/id UNKNOWN_REFERENCE']);
  });

  test('one learner too many', () => {
    expect(roomFaults(Array(19))).toEqual([]);
    expect(told(roomFaults(Array(20)))).toEqual([' TOO_MANY']);
    expect(told(learnerFaults(aLearner({ externalId: '123456789AB' }), ''))).toEqual(['/externalId PUPIL_NUMBER_REFUSED']);
  });

  test('a file of another school, for who sees one school only', () => {
    expect(openingFaults(aDraft(), null)).toEqual([]);
    expect(openingFaults(aDraft({ schoolId: 'own' }), 'own')).toEqual([]);
    expect(openingFaults(aDraft({ schoolId: 'other', learners: [aLearner({ schoolId: 'own' })] }), 'own')).toEqual([]);
    expect(told(openingFaults(aDraft({ schoolId: 'other' }), 'own'))).toEqual(['/schoolId OUTSIDE_YOUR_SCHOOL']);
  });

  test('schools are named with their place', () => {
    const learners = [aLearner(), aLearner({ schoolId: 'b' })];
    expect(schoolReferences({ schoolId: 'a', learners })).toEqual([
      { pointer: '/schoolId', id: 'a' },
      { pointer: '/learners/1/schoolId', id: 'b' },
    ]);
  });
});

describe('where facts come from', () => {
  const before = stored({ homeAlone: true, bursaryLevel: 4 });
  const facts = verified(declaredFacts(THEN), FACTS, 'user:1', THEN);
  const changedBy = (changes: Partial<HouseholdDraft>) => {
    const after = factsAfter(
      facts,
      before,
      merged(before, changes, () => 'new'),
      NOW,
    );
    return FACTS.filter((name) => after[name].source === 'declared');
  };
  const [amal] = before.learners;

  test.each([
    ['homeAlone', { homeAlone: false }, ['homeAlone']],
    ['homeAlone unsaid', { homeAlone: null }, ['homeAlone']],
    ['bursaryLevel', { bursaryLevel: 5 }, ['bursaryLevel']],
    ['no device any more', { equipment: [] }, ['equipment']],
    ['another connection', { connectivity: null }, ['connectivity']],
    ['one learner more', { learners: [amal!, aLearner()] }, ['learners']],
    ['one with an exam more', { learners: [amal!, aLearner({ examYear: true })] }, ['learners', 'examYear']],
    ['an exam', { learners: [{ ...amal!, examYear: true }] }, ['examYear']],
    ['a corrected name', { learners: [{ ...amal!, givenName: 'Amâl' }] }, []],
    ['a corrected label', { equipment: [{ id: null, category: 'smartphone', label: 'papa', available: null }] }, []],
    ['the same again', { homeAlone: true, bursaryLevel: 4, connectivity: { kind: 'mobile', simultaneousLive: null, available: null } }, []],
    ['another phone number', { contacts: [aContact({ phone: '+33612345679' })] }, []],
  ] as [string, Partial<HouseholdDraft>, string[]][])('%s', (_, changes, declared) => {
    expect(changedBy(changes)).toEqual(declared);
  });

  test('a changed fact loses who verified it', () => {
    const after = factsAfter(facts, before, { ...before, bursaryLevel: 5 }, NOW);
    expect(after.bursaryLevel).toEqual({ source: 'declared', verifiedBy: null, verifiedAt: null, changedAt: NOW.toISOString() });
    expect(after.homeAlone).toEqual({
      source: 'verified',
      verifiedBy: 'user:1',
      verifiedAt: THEN.toISOString(),
      changedAt: THEN.toISOString(),
    });
  });

  test('what was not stated cannot be verified', () => {
    expect(told(verificationFaults(stored(), ['equipment', 'bursaryLevel']))).toEqual(['/fields/1 NOTHING_TO_VERIFY']);
  });

  property.prop([fc.subarray([...FACTS]), fc.subarray([...FACTS])])('verifying touches what it names and nothing else', (first, second) => {
    const once = verified(declaredFacts(THEN), first, 'user:1', THEN);
    const twice = verified(once, second, 'user:2', NOW);
    for (const name of FACTS) {
      const by = second.includes(name) ? 'user:2' : first.includes(name) ? 'user:1' : null;
      expect(twice[name]).toMatchObject({ verifiedBy: by, source: by === null ? 'declared' : 'verified', changedAt: THEN.toISOString() });
    }
  });
});
