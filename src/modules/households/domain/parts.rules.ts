import { type Fault, unknownReference } from '../../../shared/denial.js';
import { withoutUndefined } from '../../../shared/without-undefined.js';
import { lookupKey } from '../../../shared/key-text.js';
import type { Contact, Draft, Equipment, HouseholdChanges, HouseholdContent, Learner, PartChanges } from './household.js';
import type { DraftChanges } from './household.rules.js';

/** What a new contact has that nobody named; the first one gets the notices. */
export const newContact = (index: number) =>
  ({ phone: null, email: null, language: null, preferredChannel: null, notify: index === 0, address: null }) as const;
const newLearner = () =>
  ({ schoolId: null, examYear: false, className: null, largeScreen: false, externalId: null, timetable: null }) as const;
const newEquipment = () => ({ label: null, available: null }) as const;

/** What a new part cannot do without. */
const NEEDED = {
  contacts: ['name', 'relationship'],
  learners: ['givenName', 'familyName', 'level'],
  equipment: ['category'],
} as const satisfies {
  contacts: readonly (keyof Contact)[];
  learners: readonly (keyof Learner)[];
  equipment: readonly (keyof Equipment)[];
};

/** Changes whose parts are whole, and what is missing from parts that are new. */
export interface Completed {
  readonly changes: DraftChanges;
  readonly faults: readonly Fault[];
}

/** Puts each part that was sent upon the one that stands with its id; a new one gets what every new one has. */
export function completed(before: HouseholdContent, { contacts, learners, equipment, ...fields }: HouseholdChanges): Completed {
  const whole = {
    contacts: contacts?.map((part, index) => upon(part, before.contacts, newContact(index))),
    learners: learners?.map((part) => upon(part, before.learners, newLearner())),
    equipment: equipment?.map((part) => upon(part, before.equipment, newEquipment())),
  };
  const faults = [
    ...missing(whole.contacts, NEEDED.contacts, '/contacts', true),
    ...missing(whole.learners, NEEDED.learners, '/learners', true),
    ...missing(whole.equipment, NEEDED.equipment, '/equipment', false),
  ];
  return { changes: { ...fields, ...whole }, faults };
}

/** Ids are keys: what stands keeps the spelling that it has. */
function upon<T extends { readonly id: string }>(part: PartChanges<T>, old: readonly T[], fresh: Partial<T>): Draft<T> {
  const { id } = part;
  const present = id === null ? undefined : (old.find((one) => one.id === id) ?? old.find((one) => lookupKey(one.id) === lookupKey(id)));
  return { ...(present ?? fresh), ...withoutUndefined(part), id: present?.id ?? id } as Draft<T>;
}

/** `isGiven`: their ids are given here, so that one with an id that lacks something is none that stands. */
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
