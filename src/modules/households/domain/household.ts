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
  /** BCP 47; null: the council's. */
  readonly language: string | null;
  readonly preferredChannel: ContactChannel | null;
  readonly notify: boolean;
  readonly address: PostalAddress | null;
}

/** Part of a week: Monday is 1; times are `HH:MM` on quarters of an hour. */
export interface TimeRange {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

/** What a learner has to do in a week of school at home: lessons at fixed times, and minutes of other work a day. */
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
  /** Null: the one of the class or of the school's profile holds. */
  readonly timetable: Timetable | null;
}

/** One thing at home that can serve for school. */
export interface Equipment {
  readonly id: string;
  readonly category: DeviceCategory;
  readonly label: string | null;
  /** Null: always. */
  readonly available: readonly TimeRange[] | null;
}

export interface Connectivity {
  readonly kind: ConnectivityKind;
  /** Live lessons that it carries at once; null: what its kind usually does. */
  readonly simultaneousLive: number | null;
  /** Null: always. */
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

/** What can earn points. `learners` is who they are: number, level, school, class, timetable; `examYear` is which of them sit an exam. */
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

/** Something as it was sent: null is a new one, which gets its id when it is stored. */
export type Draft<T extends { readonly id: string }> = Omit<T, 'id'> & { readonly id: string | null };

/** What was sent of a part. With an id that stands it changes that part, and what is undefined stays; else it is a new one. */
export type PartChanges<T extends { readonly id: string }> = { readonly [Field in keyof Omit<T, 'id'>]?: T[Field] | undefined } & {
  readonly id: string | null;
};

/** What is to change of a household's content; undefined stays. A list is put together by its parts' ids: one that is left out goes. */
export interface HouseholdChanges extends Partial<Omit<HouseholdContent, 'contacts' | 'learners' | 'equipment'>> {
  readonly contacts?: readonly PartChanges<Contact>[] | undefined;
  readonly learners?: readonly PartChanges<Learner>[] | undefined;
  readonly equipment?: readonly PartChanges<Equipment>[] | undefined;
}

/** A household's content as it was sent. A list stands for the whole list. */
export interface HouseholdDraft extends Omit<HouseholdContent, 'contacts' | 'learners' | 'equipment'> {
  readonly contacts: readonly Draft<Contact>[];
  readonly learners: readonly Draft<Learner>[];
  readonly equipment: readonly Draft<Equipment>[];
}
