import { type Fault, unknownReference } from '../../../shared/denial.js';
import { withoutUndefined } from '../../../shared/without-undefined.js';
import { lookupKey } from '../../../shared/key-text.js';
import type { Contact, Draft, Equipment, HouseholdChanges, HouseholdContent, Learner, PartChanges } from './household.js';
import type { DraftChanges } from './household.rules.js';

/** The values of a new contact that are not given; the first contact gets the notices. */
export const newContact = (index: number) =>
  ({ phone: null, email: null, language: null, preferredChannel: null, notify: index === 0, address: null }) as const;
const newLearner = () =>
  ({ schoolId: null, examYear: false, className: null, largeScreen: false, externalId: null, timetable: null }) as const;
const newEquipment = () => ({ label: null, available: null }) as const;

/** The fields that a new part must have. */
const NEEDED_FIELDS = {
  contacts: ['name', 'relationship'],
  learners: ['givenName', 'familyName', 'level'],
  equipment: ['category'],
} as const satisfies {
  contacts: readonly (keyof Contact)[];
  learners: readonly (keyof Learner)[];
  equipment: readonly (keyof Equipment)[];
};

/** Changes in which every part has all its fields, and faults for what is missing from new parts. */
export interface CompletedChanges {
  readonly changes: DraftChanges;
  readonly faults: readonly Fault[];
}

/** Completes each part: with the stored part of the same id, or with the values that every new part has. */
export function completedChanges(
  before: HouseholdContent,
  { contacts, learners, equipment, ...fields }: HouseholdChanges,
): CompletedChanges {
  const whole = {
    contacts: contacts?.map((part, index) => mergedPart(part, before.contacts, newContact(index))),
    learners: learners?.map((part) => mergedPart(part, before.learners, newLearner())),
    equipment: equipment?.map((part) => mergedPart(part, before.equipment, newEquipment())),
  };
  const faults = [
    ...missing(whole.contacts, NEEDED_FIELDS.contacts, '/contacts', true),
    ...missing(whole.learners, NEEDED_FIELDS.learners, '/learners', true),
    ...missing(whole.equipment, NEEDED_FIELDS.equipment, '/equipment', false),
  ];
  return { changes: { ...fields, ...whole }, faults };
}

/** Ids are compared as keys; a stored id keeps its spelling. */
function mergedPart<T extends { readonly id: string }>(part: PartChanges<T>, old: readonly T[], fresh: Partial<T>): Draft<T> {
  const { id } = part;
  const present = id === null ? undefined : (old.find((one) => one.id === id) ?? old.find((one) => lookupKey(one.id) === lookupKey(id)));
  return { ...(present ?? fresh), ...withoutUndefined(part), id: present?.id ?? id } as Draft<T>;
}

/**
 * Returns faults for fields that new parts lack. `isGiven`: the program makes the ids of these parts, so a part that has an id and lacks a
 * field has an unknown id.
 */
function missing<T extends { readonly id: string | null }>(
  parts: readonly T[] | undefined,
  needed: readonly (keyof T & string)[],
  at: string,
  isGiven: boolean,
): Fault[] {
  return (parts ?? []).flatMap((part, index) => {
    const absent = needed.filter((field) => part[field] === undefined);
    if (isGiven && part.id !== null && absent.length > 0) return [unknownReference(`${at}/${index}/id`)];
    const message = isGiven ? 'must be given for a new one (without an id)' : 'must be given for a new one';
    return absent.map((field) => ({ pointer: `${at}/${index}/${field}`, code: 'REQUIRED', message }));
  });
}
