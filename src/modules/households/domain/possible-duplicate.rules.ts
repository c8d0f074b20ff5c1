import { foldForSearch } from '../../../shared/plain-text.js';
import type { HouseholdContent } from './household.js';

/** What two households can have in common. */
export const LIKENESSES = ['email', 'learner', 'phone'] as const;
export type Likeness = (typeof LIKENESSES)[number];

/** A household that may be the same family. */
export interface PossibleDuplicate {
  readonly id: string;
  readonly reference: string;
  readonly because: readonly Likeness[];
}

/** The keys by which duplicates of a household are found. */
export interface DuplicateKeys {
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  /** A child's name, once with the given name first and once with it last, and the child's school. */
  readonly learners: readonly { readonly names: readonly string[]; readonly schoolId: string }[];
  /** Each of these keys as one text, sorted. */
  readonly locks: readonly string[];
}

type IdentifyingContent = Pick<HouseholdContent, 'schoolId' | 'contacts' | 'learners'>;

/** Returns the keys that a household has now and did not have `before`; null when it is new. */
export function newKeys(now: IdentifyingContent, before: IdentifyingContent | null): DuplicateKeys {
  const had = new Set(before === null ? [] : keysOf(before).map(({ lock }) => lock));
  const fresh = keysOf(now).filter(({ lock }) => !had.has(lock));
  return {
    phones: fresh.flatMap(({ phone }) => phone ?? []),
    emails: fresh.flatMap(({ email }) => email ?? []),
    learners: fresh.flatMap(({ learner }) => learner ?? []),
    locks: [...new Set(fresh.map(({ lock }) => lock))].sort(),
  };
}

interface DuplicateKey {
  readonly lock: string;
  readonly phone?: string;
  readonly email?: string;
  readonly learner?: DuplicateKeys['learners'][number];
}

function keysOf({ schoolId, contacts, learners }: IdentifyingContent): DuplicateKey[] {
  const ofContacts = contacts.flatMap(({ phone, email }): DuplicateKey[] => [
    ...(phone === null ? [] : [{ lock: `phone ${phone}`, phone }]),
    ...(email === null ? [] : [{ lock: `email ${foldForSearch(email)}`, email: foldForSearch(email) }]),
  ]);
  const ofLearners = learners.flatMap(({ givenName, familyName, schoolId: own }): DuplicateKey[] => {
    const school = own ?? schoolId;
    if (school === null) return [];
    const names = [`${givenName} ${familyName}`, `${familyName} ${givenName}`].map(foldForSearch);
    return [{ lock: `learner ${[...names].sort()[0]} ${school}`, learner: { names: [...new Set(names)], schoolId: school } }];
  });
  return [...ofContacts, ...ofLearners];
}
