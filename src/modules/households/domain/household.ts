import type { BorrowerCategory, DeviceCategory } from '../../../shared/vocabulary.js';

export const RELATIONSHIPS = ['parent', 'guardian', 'other'] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];

export const CONTACT_CHANNELS = ['sms', 'email', 'letter'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

export const CONNECTIVITY_KINDS = ['fixed', 'mobile', 'none'] as const;
export type ConnectivityKind = (typeof CONNECTIVITY_KINDS)[number];

export interface PostalAddress {
  readonly line1: string;
  readonly line2: string | null;
  readonly postalCode: string;
  readonly city: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
}

/** An adult of the family. */
export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly relationship: Relationship;
  /** E.164. */
  readonly phone: string | null;
  readonly email: string | null;
  /** BCP 47; null when it is the council's. */
  readonly language: string | null;
  readonly preferredChannel: ContactChannel | null;
  readonly notify: boolean;
  readonly address: PostalAddress | null;
}

/** A part of a week: Monday is 1; times are `HH:MM` on quarters of an hour. */
export interface TimeRange {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

/** The schoolwork of a learner in a week at home: lessons at fixed times, and minutes of other work for each day. */
export interface Timetable {
  readonly live: readonly TimeRange[];
  readonly work: readonly { readonly weekday: number; readonly minutes: number }[];
}

export interface Learner {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly level: BorrowerCategory;
  readonly schoolId: string | null;
  readonly examYear: boolean;
  readonly className: string | null;
  readonly largeScreen: boolean;
  readonly externalId: string | null;
  /** Null when the timetable of the class, or of the school's profile, holds. */
  readonly timetable: Timetable | null;
}

/** One device at home that can be used for school. */
export interface Equipment {
  readonly id: string;
  readonly category: DeviceCategory;
  readonly label: string | null;
  /** Null when it is always available. */
  readonly available: readonly TimeRange[] | null;
}

export interface Connectivity {
  readonly kind: ConnectivityKind;
  /** How many live lessons it can carry at once; null when it is as usual for its kind. */
  readonly simultaneousLive: number | null;
  /** Null when it is always available. */
  readonly available: readonly TimeRange[] | null;
}

/** Everything that a family says about itself. */
export interface HouseholdContent {
  readonly schoolId: string | null;
  readonly homeAlone: boolean | null;
  readonly bursaryLevel: number | null;
  readonly contacts: readonly Contact[];
  readonly learners: readonly Learner[];
  readonly equipment: readonly Equipment[];
  readonly connectivity: Connectivity | null;
}

/**
 * The facts that can give points. `learners` is about their number, levels, schools, classes and timetables; `examYear` about which of them
 * sit an exam.
 */
export const FACTS = ['homeAlone', 'bursaryLevel', 'equipment', 'connectivity', 'learners', 'examYear'] as const;
export type FactName = (typeof FACTS)[number];

export const FACT_SOURCES = ['declared', 'verified', 'computed'] as const;
export type FactSource = (typeof FACT_SOURCES)[number];

/** Where one fact comes from. Instants are RFC 3339. */
export interface Fact {
  readonly source: FactSource;
  readonly verifiedBy: string | null;
  readonly verifiedAt: string | null;
  readonly changedAt: string;
}
export type Facts = Readonly<Record<FactName, Fact>>;

/** A household's file (foyer) as it is stored. */
export interface Household extends HouseholdContent {
  readonly id: string;
  readonly reference: string;
  readonly facts: Facts;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A part as a client sends it. An id of null means a new one, which gets its id when it is stored. */
export type Draft<T extends { readonly id: string }> = Omit<T, 'id'> & { readonly id: string | null };

/** The changes of a part. With the id of a stored part they change that part, and undefined fields stay; without one it is a new part. */
export type PartChanges<T extends { readonly id: string }> = { readonly [Field in keyof Omit<T, 'id'>]?: T[Field] | undefined } & {
  readonly id: string | null;
};

/** The changes of a household's content; undefined fields stay. A list replaces the stored list: a part whose id is left out is removed. */
export interface HouseholdChanges extends Partial<Omit<HouseholdContent, 'contacts' | 'learners' | 'equipment'>> {
  readonly contacts?: readonly PartChanges<Contact>[] | undefined;
  readonly learners?: readonly PartChanges<Learner>[] | undefined;
  readonly equipment?: readonly PartChanges<Equipment>[] | undefined;
}

/** A household's content as a client sends it. Each list is the whole list. */
export interface HouseholdDraft extends Omit<HouseholdContent, 'contacts' | 'learners' | 'equipment'> {
  readonly contacts: readonly Draft<Contact>[];
  readonly learners: readonly Draft<Learner>[];
  readonly equipment: readonly Draft<Equipment>[];
}
