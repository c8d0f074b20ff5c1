import { Field, VersionedView } from '../../../../platform/http/index.js';
import { BORROWER_CATEGORIES, type BorrowerCategory, DEVICE_CATEGORIES, type DeviceCategory } from '../../../../shared/vocabulary.js';
import {
  CONNECTIVITY_KINDS,
  type ConnectivityKind,
  CONTACT_CHANNELS,
  type ContactChannel,
  FACT_SOURCES,
  type FactName,
  type FactSource,
  type Household,
  RELATIONSHIPS,
  type Relationship,
} from '../../domain/household.js';

const nullable = { nullable: true } as const;

export class TimeRangeView {
  @Field.integer({ min: 1, max: 7, about: '1 is Monday', example: 1 })
  weekday: number;

  @Field.text({ example: '18:00' })
  from: string;

  @Field.text({ example: '20:00' })
  to: string;
}

export class WorkView {
  @Field.integer({ min: 1, max: 7, about: '1 is Monday', example: 1 })
  weekday: number;

  @Field.integer({ example: 120 })
  minutes: number;
}

export class TimetableView {
  @Field.nestedList(() => TimeRangeView)
  live: readonly TimeRangeView[];

  @Field.nestedList(() => WorkView)
  work: readonly WorkView[];
}

export class PostalAddressView {
  @Field.text({ example: '1 rue de la Paix' })
  line1: string;

  @Field.text(nullable)
  line2: string | null;

  @Field.text({ example: '95500' })
  postalCode: string;

  @Field.text({ example: 'Gonesse' })
  city: string;

  @Field.text({ example: 'FR' })
  country: string;
}

export class ContactView {
  @Field.uuid()
  id: string;

  @Field.text({ example: 'Nadia B.' })
  name: string;

  @Field.oneOf(RELATIONSHIPS, { example: 'parent' })
  relationship: Relationship;

  @Field.text({ ...nullable, about: 'E.164', example: '+33612345678' })
  phone: string | null;

  @Field.text({ ...nullable, max: 254, example: 'nadia@example.org' })
  email: string | null;

  @Field.text({ ...nullable, example: 'fr' })
  language: string | null;

  @Field.oneOf(CONTACT_CHANNELS, { ...nullable, example: 'sms' })
  preferredChannel: ContactChannel | null;

  @Field.boolean({ example: true })
  notify: boolean;

  @Field.nested(() => PostalAddressView, nullable)
  address: PostalAddressView | null;
}

export class HouseholdLearnerView {
  @Field.uuid()
  id: string;

  @Field.text({ example: 'Amal' })
  givenName: string;

  @Field.text({ example: 'B.' })
  familyName: string;

  @Field.oneOf(BORROWER_CATEGORIES, { example: 'college' })
  level: BorrowerCategory;

  @Field.uuid({ ...nullable, about: 'the learner’s school; null: nobody has said' })
  schoolId: string | null;

  @Field.boolean({ example: false })
  examYear: boolean;

  @Field.text({ ...nullable, example: '4e B' })
  className: string | null;

  @Field.boolean({ example: false })
  largeScreen: boolean;

  @Field.text({ ...nullable, example: 'ent-4711' })
  externalId: string | null;

  @Field.nested(() => TimetableView, nullable)
  timetable: TimetableView | null;
}

export class LearnerView extends HouseholdLearnerView {
  @Field.uuid({ about: 'the household that the learner is part of' })
  householdId: string;

  @Field.integer({
    min: 1,
    about: "the household's version, which the ETag names: a learner is part of the household and has none of its own",
    example: 2,
  })
  version: number;

  /** The learner of a household; there must be such a one. */
  static in({ id: householdId, version, learners }: Household, learnerId: string): LearnerView {
    const learner = learners.find(({ id }) => id === learnerId);
    if (!learner) throw new Error('the learner is not in this household');
    return { ...learner, householdId, version };
  }
}

export class EquipmentView {
  @Field.text({ example: 'phone', about: 'the caller’s own, or one that was given' })
  id: string;

  @Field.oneOf(DEVICE_CATEGORIES, { example: 'smartphone' })
  category: DeviceCategory;

  @Field.text({ ...nullable, example: 'maman' })
  label: string | null;

  @Field.nestedList(() => TimeRangeView, { ...nullable, about: 'null: always' })
  available: readonly TimeRangeView[] | null;
}

export class ConnectivityView {
  @Field.oneOf(CONNECTIVITY_KINDS, { example: 'mobile', about: 'fixed: a line at home; mobile: over a telephone or a SIM; none' })
  kind: ConnectivityKind;

  @Field.integer({ ...nullable, min: 1, example: null, about: 'live lessons at once; null: one on mobile, any number on fixed' })
  simultaneousLive: number | null;

  @Field.nestedList(() => TimeRangeView, { ...nullable, about: 'null: always' })
  available: readonly TimeRangeView[] | null;
}

export class FactView {
  @Field.oneOf(FACT_SOURCES, {
    example: 'declared',
    about: 'declared: the family said so; verified: somebody saw it proven; computed: the program reckoned it',
  })
  source: FactSource;

  @Field.text({ ...nullable, about: 'user or client who saw it proven', example: 'user:0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10' })
  verifiedBy: string | null;

  @Field.instant(nullable)
  verifiedAt: string | null;

  @Field.instant({ about: 'when it last changed' })
  changedAt: string;
}

export class FactsView implements Record<FactName, FactView> {
  @Field.nested(() => FactView, { about: 'whether no adult is at home in school hours' })
  homeAlone: FactView;

  @Field.nested(() => FactView, { about: 'the level of the bursary' })
  bursaryLevel: FactView;

  @Field.nested(() => FactView, { about: 'devices that the family has at home' })
  equipment: FactView;

  @Field.nested(() => FactView, { about: 'how the home is connected' })
  connectivity: FactView;

  @Field.nested(() => FactView, { about: 'how many, their levels, schools, classes and timetables' })
  learners: FactView;

  @Field.nested(() => FactView, { about: 'which learners sit an exam this year' })
  examYear: FactView;
}

export class HouseholdView extends VersionedView {
  @Field.text({ example: 'F-7K3M-25' })
  reference: string;

  @Field.uuid({ ...nullable, about: 'the household’s own school; null: none' })
  schoolId: string | null;

  @Field.nestedList(() => ContactView, { min: 1, max: 6, about: 'the first one first' })
  contacts: readonly ContactView[];

  @Field.nestedList(() => HouseholdLearnerView, { max: 20, about: 'who is in school, or borrows for work at one' })
  learners: readonly HouseholdLearnerView[];

  @Field.nestedList(() => EquipmentView, { max: 20, about: 'devices that the family has at home' })
  equipment: readonly EquipmentView[];

  @Field.nested(() => ConnectivityView, { ...nullable, about: 'how the home is connected; null: not stated' })
  connectivity: ConnectivityView | null;

  @Field.boolean({ ...nullable, about: 'no adult at home in school hours; null: not stated', example: true })
  homeAlone: boolean | null;

  @Field.integer({ ...nullable, max: 8, about: 'null: not stated', example: 4 })
  bursaryLevel: number | null;

  @Field.nested(() => FactsView, { about: 'where each fact that can earn points comes from' })
  facts: FactsView;

  static of(household: Household): HouseholdView {
    const { reference, schoolId, contacts, learners, equipment, connectivity, homeAlone, bursaryLevel, facts } = household;
    return {
      ...VersionedView.parts(household),
      reference,
      schoolId,
      contacts,
      learners,
      equipment,
      connectivity,
      homeAlone,
      bursaryLevel,
      facts,
    };
  }
}

/** All that a desk agent's look-up shows of a household. */
export class HouseholdMatch {
  @Field.uuid()
  id: string;

  @Field.text({ example: 'F-7K3M-25' })
  reference: string;

  @Field.texts({ about: 'of its contacts', example: ['Nadia B.'] })
  names: readonly string[];

  static of({ id, reference, contacts }: Household): HouseholdMatch {
    return { id, reference, names: contacts.map(({ name }) => name) };
  }
}
