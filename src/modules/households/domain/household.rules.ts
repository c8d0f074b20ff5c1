import { isDeepStrictEqual } from 'node:util';
import { type Fault, unknownReference } from '../../../shared/denial.js';
import { withoutUndefined } from '../../../shared/without-undefined.js';
import { lookupKey } from '../../../shared/key-text.js';
import { looksLikeIne } from '../../../shared/ine.js';
import {
  type Contact,
  type Draft,
  type Equipment,
  type Fact,
  type FactName,
  FACTS,
  type Facts,
  type HouseholdContent,
  type HouseholdDraft,
  type Learner,
  type TimeRange,
  type Timetable,
} from './household.js';

export const MOST_LEARNERS = 20;

/** The fields of a household's content that change; what is left out stays. */
export type DraftChanges = Partial<HouseholdDraft>;

/** The id of a school that a client sent, and where it stands. */
export interface SchoolReference {
  readonly pointer: string;
  readonly id: string;
}

const fault = (pointer: string, code: string, message: string): Fault => ({ pointer, code, message });

/** Returns everything that is wrong with what a client sent. `before` is the stored content; null for a new household. */
export function changeFaults(
  { contacts = [], learners = [], equipment = [], connectivity }: DraftChanges,
  before: HouseholdContent | null,
): Fault[] {
  return [
    ...contacts.flatMap((contact, i) => contactFaults(contact, `/contacts/${i}`)),
    ...idFaults(contacts, before?.contacts ?? [], '/contacts'),
    ...learners.flatMap((learner, i) => learnerFaults(learner, `/learners/${i}`)),
    ...idFaults(learners, before?.learners ?? [], '/learners'),
    ...equipment.flatMap((item, i) => equipmentFaults(item, `/equipment/${i}`)),
    ...repeated(
      equipment,
      ({ id }) => id && lookupKey(id),
      (i) => `/equipment/${i}/id`,
    ),
    ...rangeFaults(connectivity?.available, '/connectivity/available'),
  ];
}

/** Returns what is wrong with one learner, whose fields stand at `at`. */
export function learnerFaults({ givenName, familyName, className, externalId, timetable }: Draft<Learner>, at: string): Fault[] {
  return [
    ...pupilNumberFaults({ givenName, familyName, className, externalId }, at),
    ...(timetable ? timetableFaults(timetable, `${at}/timetable`) : []),
  ];
}

/** Returns what is wrong with a timetable, whose fields stand at `at`. */
export function timetableFaults({ live, work }: Timetable, at: string): Fault[] {
  return [
    ...rangeFaults(live, `${at}/live`),
    ...repeated(
      work,
      ({ weekday }) => String(weekday),
      (i) => `${at}/work/${i}/weekday`,
    ),
  ];
}

/** Returns a fault when the household has as many learners as it may have. */
export function roomFaults(learners: readonly unknown[]): Fault[] {
  return learners.length < MOST_LEARNERS ? [] : [fault('', 'TOO_MANY', `a household has at most ${MOST_LEARNERS} learners`)];
}

/** Returns every school that was named, with its place. */
export function schoolReferences({ schoolId, learners = [] }: DraftChanges): SchoolReference[] {
  return [
    ...(schoolId ? [{ pointer: '/schoolId', id: schoolId }] : []),
    ...learners.flatMap((learner, i) => (learner.schoolId ? [{ pointer: `/learners/${i}/schoolId`, id: learner.schoolId }] : [])),
  ];
}

/**
 * Returns a fault when a user who sees one school only opens a file of another: the household or one of its learners must be of that school.
 */
export function openingFaults({ schoolId, learners }: HouseholdDraft, inReach: string | null): Fault[] {
  const isOwn = inReach === null || schoolId === inReach || learners.some((learner) => learner.schoolId === inReach);
  return isOwn ? [] : [fault('/schoolId', 'OUTSIDE_YOUR_SCHOOL', 'the household or one of its learners must be of your school')];
}

/** Returns the stored content with the changes in it; whatever is new gets an id. */
export function merged(before: HouseholdContent, changes: DraftChanges, newId: () => string): HouseholdContent {
  const withIds = <T extends { readonly id: string }>(sent: readonly Draft<T>[] | undefined, old: readonly T[]) =>
    sent?.map((draft) => ({ ...draft, id: draft.id ?? newId() }) as T) ?? old;
  return {
    ...before,
    ...withoutUndefined(changes),
    contacts: withIds(changes.contacts, before.contacts),
    learners: withIds(changes.learners, before.learners),
    equipment: withIds(changes.equipment, before.equipment),
  };
}

/** Returns the facts of a new household, which are all declared. */
export function declaredFacts(now: Date): Facts {
  return Object.fromEntries(FACTS.map((name) => [name, declared(now)])) as Facts;
}

/** Returns the facts after a change: a fact that changed is declared again, whoever changed it. */
export function factsAfter(facts: Facts, before: HouseholdContent, after: HouseholdContent, now: Date): Facts {
  const changed = FACTS.filter((name) => !isDeepStrictEqual(FACT_CONTENT[name](before), FACT_CONTENT[name](after)));
  return { ...facts, ...Object.fromEntries(changed.map((name) => [name, declared(now)])) };
}

/** Returns a fault for each fact that the household has not stated: nobody can have seen proof of it. */
export function verificationFaults(content: HouseholdContent, names: readonly FactName[]): Fault[] {
  return names.flatMap((name, i) =>
    FACT_CONTENT[name](content) === null ? [fault(`/fields/${i}`, 'NOTHING_TO_VERIFY', 'the household has not stated this')] : [],
  );
}

export function verified(facts: Facts, names: readonly FactName[], by: string, now: Date): Facts {
  const at = now.toISOString();
  const seen = (name: FactName): Fact => ({ ...facts[name], source: 'verified', verifiedBy: by, verifiedAt: at });
  return { ...facts, ...Object.fromEntries(names.map((name) => [name, seen(name)])) };
}

/** The part of the content that each fact is about. Correcting a name or a label changes no fact. */
const FACT_CONTENT: Readonly<Record<FactName, (content: HouseholdContent) => unknown>> = {
  homeAlone: ({ homeAlone }) => homeAlone,
  bursaryLevel: ({ bursaryLevel }) => bursaryLevel,
  equipment: ({ equipment }) => equipment.map(({ category, available }) => ({ category, available })),
  connectivity: ({ connectivity }) => connectivity,
  learners: ({ learners }) =>
    learners.map(({ id, level, schoolId, className, timetable }) => ({ id, level, schoolId, className, timetable })),
  examYear: ({ learners }) => learners.filter(({ examYear }) => examYear).map(({ id }) => id),
};

const declared = (now: Date): Fact => ({ source: 'declared', verifiedBy: null, verifiedAt: null, changedAt: now.toISOString() });

const CHANNEL_NEEDS = { sms: 'phone', email: 'email', letter: 'address' } as const;

function contactFaults(contact: Draft<Contact>, at: string): Fault[] {
  const { name, preferredChannel: channel } = contact;
  const needed = channel && CHANNEL_NEEDS[channel];
  return [
    ...pupilNumberFaults({ name }, at),
    ...pupilNumberFaults({ ...contact.address }, `${at}/address`),
    ...(needed && contact[needed] === null
      ? [fault(`${at}/preferredChannel`, 'CHANNEL_NOT_POSSIBLE', `${channel} needs the contact's ${needed}`)]
      : []),
  ];
}

function equipmentFaults({ id, label, available }: Draft<Equipment>, at: string): Fault[] {
  return [...pupilNumberFaults({ id, label }, at), ...rangeFaults(available, `${at}/available`)];
}

function rangeFaults(ranges: readonly TimeRange[] | null | undefined, at: string): Fault[] {
  return (ranges ?? []).flatMap(({ from, to }, i) =>
    from < to ? [] : [fault(`${at}/${i}/to`, 'ENDS_BEFORE_IT_STARTS', 'must be later than from')],
  );
}

/** Passerelle stores no national pupil number, in whichever field somebody writes it. */
function pupilNumberFaults(texts: Readonly<Record<string, string | null>>, at: string): Fault[] {
  return Object.entries(texts)
    .filter(([, text]) => text !== null && looksLikeIne(text))
    .map(([name]) => fault(`${at}/${name}`, 'PUPIL_NUMBER_REFUSED', 'looks like a national pupil number (INE), which is not kept here'));
}

/** Returns faults for ids that are not in this household, or are named twice. */
function idFaults(sent: readonly { readonly id: string | null }[], old: readonly { readonly id: string }[], at: string): Fault[] {
  const known = new Set(old.map(({ id }) => id));
  const pointer = (i: number) => `${at}/${i}/id`;
  return [
    ...sent.flatMap(({ id }, i) => (id === null || known.has(id) ? [] : [unknownReference(pointer(i))])),
    ...repeated(sent, ({ id }) => id, pointer),
  ];
}

function repeated<T>(list: readonly T[], keyOf: (item: T) => string | null, pointer: (index: number) => string): Fault[] {
  const keys = list.map(keyOf);
  return keys.flatMap((key, i) =>
    key !== null && keys.indexOf(key) < i ? [fault(pointer(i), 'REPEATED', 'stands in the list twice')] : [],
  );
}
