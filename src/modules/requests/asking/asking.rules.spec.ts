import { fc, test } from '@fast-check/jest';
import { describe, expect, test as plainTest } from '@jest/globals';
import { HOME_CONNECTIONS, HOME_DEVICES, LEVELS, MOST_OF_A_KIND, needsHours, READY_TIMES } from '../../needs/index.js';
import { answeredParts, answersOfFile, askedLearners, isWhole, wishedLines } from './asking.rules.js';
import { type AskedChild, type AskingAnswers, storedAskingAnswers } from './asking.js';

const hours = fc.record({
  weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  from: fc.constantFrom('06:00', '08:15'),
  to: fc.constantFrom('17:00', '20:30'),
});
const name = fc.constantFrom('Amal', 'أمل', 'Zoé', '👧');
const child: fc.Arbitrary<AskedChild> = fc.record({
  id: fc.uuid(),
  givenName: name,
  familyName: name,
  level: fc.constantFrom(...LEVELS),
  exam: fc.boolean(),
  school: fc.record({ id: fc.option(fc.uuid()) }),
});
const device = fc
  .tuple(fc.constantFrom(...HOME_DEVICES), fc.constantFrom(...READY_TIMES), hours)
  .map(([category, time, given]) => ({ category, time, hours: needsHours(time) ? given : null }));
const devices = fc
  .array(device, { maxLength: 8 })
  .map((all) => HOME_DEVICES.flatMap((category) => all.filter((each) => each.category === category).slice(0, MOST_OF_A_KIND)));
/** Of somebody who left nothing out. */
const answers: fc.Arbitrary<AskingAnswers> = fc.record({
  children: fc.uniqueArray(child, { minLength: 1, maxLength: 8, selector: ({ givenName, familyName }) => `${givenName} ${familyName}` }),
  devices,
  connection: fc.constantFrom(...HOME_CONNECTIONS),
  alone: fc.boolean(),
  statement: fc.string(),
  wishes: fc.uniqueArray(fc.constantFrom('laptop', 'tablet', 'router', 'headset'), { minLength: 1 }),
  pickup: fc.record({ siteId: fc.option(fc.uuid()) }),
});

const EMPTY = { learners: [], equipment: [], connectivity: null, homeAlone: null };

/** The file with the answers in it, as it is stored. */
function filed(file: Parameters<typeof answeredParts>[0], given: AskingAnswers) {
  const { learners, equipment, ...rest } = answeredParts(file, given);
  return {
    ...rest,
    learners: learners.map((learner, place) => ({ ...learner, id: learner.id ?? `new-${place}` })),
    equipment: equipment.map((item, place) => ({ ...item, id: item.id ?? `thing-${place}` })),
  };
}

describe('answers', () => {
  test.prop([answers])('are whole, are stored and read, and change a file once', (given) => {
    expect(isWhole(given)).toBe(true);
    expect(storedAskingAnswers(JSON.parse(JSON.stringify(given)))).toEqual(given);
    const file = filed(EMPTY, given);
    expect(file.learners.map(({ givenName }) => givenName)).toEqual(given.children.map(({ givenName }) => givenName));
    const known = given.children.map((each, place) => ({ ...each, id: file.learners[place]?.id ?? '' }));
    expect(answeredParts(file, { ...given, children: known })).toEqual(file);
  });

  test.prop([answers, answers])('of a file are those that were given, and confirming them changes nothing', (first, given) => {
    const file = filed(filed(EMPTY, first), given);
    const again = answersOfFile(file);
    const confirmed = answeredParts(file, { ...given, ...again, devices: again.devices ?? [] });
    // Hours that leave nothing of the week are asked again; the file stays.
    expect(confirmed).toEqual({
      learners: file.learners,
      equipment: file.equipment,
      connectivity: file.connectivity,
      homeAlone: file.homeAlone,
    });
    expect([again.connection, again.alone]).toEqual([given.connection === 'phone' ? again.connection : given.connection, given.alone]);
  });

  test.prop([answers, answers])('are for those who are named, whoever else is in the file', (first, given) => {
    const before = filed(EMPTY, first);
    const after = filed(before, given);
    const ids = askedLearners(given.children, before.learners, after.learners);
    const named = ids.map((id) => after.learners.find((learner) => learner.id === id));
    expect(named.map((learner) => [learner?.givenName, learner?.level])).toEqual(
      given.children.map((each) => [each.givenName, each.level]),
    );
    expect(after.learners.length).toBeGreaterThanOrEqual(before.learners.length);
  });
});

plainTest('what nobody is asked about stays in the file', () => {
  const learner = {
    familyName: 'B.',
    schoolId: 'school',
    examYear: false,
    externalId: 'ent-1',
    largeScreen: true,
    timetable: null,
  } as const;
  const file = {
    learners: [
      { ...learner, id: 'amal', givenName: 'Amal', level: 'college', className: '4e B' },
      { ...learner, id: 'staff', givenName: 'Sam', level: 'staff', className: null },
    ],
    equipment: [
      { id: 'box', category: 'router', label: 'box', available: null },
      { id: 'mum', category: 'smartphone', label: 'maman', available: [{ weekday: 1, from: '18:00', to: '20:00' }] },
    ],
    connectivity: { kind: 'fixed', simultaneousLive: 3, available: null },
    homeAlone: true,
  } as const;
  const given = answersOfFile(file);
  expect(given.children.map(({ id }) => id)).toEqual(['amal']);
  expect(answeredParts(file, given)).toEqual(file);
  const moved = answeredParts(file, {
    ...given,
    children: given.children.map((one) => ({ ...one, level: 'lycee', school: { id: null } })),
    devices: [],
    connection: 'none',
  });
  expect(moved.learners[0]).toEqual({ ...file.learners[0], level: 'lycee', schoolId: null, className: null });
  expect(moved.equipment).toEqual([file.equipment[0]]);
  expect(moved.connectivity).toEqual({ kind: 'none', simultaneousLive: null, available: null });
});

plainTest('one line is made for each class, with what helps most first', () => {
  expect(wishedLines(['router', 'tablet', 'laptop', 'sim'], ['a'])).toEqual([
    { class: 'computer', learnerIds: ['a'], acceptableCategories: ['tablet', 'laptop'] },
    { class: 'connectivity', learnerIds: ['a'], acceptableCategories: ['router', 'sim'] },
  ]);
});
