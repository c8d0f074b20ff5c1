import { PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Field, FrenchPostalCode, orNull, PhoneField } from '../../../../platform/http/index.js';
import { canonicalLanguage, isLanguageTag } from '../../../../shared/language.js';
import { BORROWER_CATEGORIES, type BorrowerCategory, DEVICE_CATEGORIES, type DeviceCategory } from '../../../../shared/vocabulary.js';
import {
  CONNECTIVITY_KINDS,
  type ConnectivityKind,
  type Connectivity,
  type Contact,
  CONTACT_CHANNELS,
  type ContactChannel,
  type Draft,
  type Equipment,
  type Learner,
  type PartChanges,
  type PostalAddress,
  RELATIONSHIPS,
  type Relationship,
  type Timetable,
} from '../../domain/household.js';
import { newContact } from '../../domain/parts.rules.js';

/** Changes a text that arrived into its normal form; what has none stays, to be refused. */
const normal = (normalise: (text: string) => string | null) =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (normalise(value) ?? value) : value));

const isTime = (text: string) => /^([01]\d|2[0-3]):(00|15|30|45)$/.test(text);
const aTime = 'must be HH:MM on a quarter of an hour';

const optionalId = { ...orNull, about: 'of one that stands already; left out: a new one' } as const;

export class TimeRangeBody {
  @Field.integer({ min: 1, max: 7, about: '1 is Monday', example: 1 })
  weekday: number;

  @Field.shaped('isTime', isTime, aTime, { example: '18:00' })
  from: string;

  @Field.shaped('isTime', isTime, aTime, { example: '20:00' })
  to: string;
}

const always = { ...orNull, max: 70, about: 'null: always' } as const;

export class WorkBody {
  @Field.integer({ min: 1, max: 7, about: '1 is Monday', example: 1 })
  weekday: number;

  @Field.integer({ max: 1440, example: 120 })
  minutes: number;
}

export class TimetableBody {
  @Field.nestedList(() => TimeRangeBody, { max: 100, about: 'lessons at fixed times' })
  live: TimeRangeBody[];

  @Field.nestedList(() => WorkBody, { max: 7, about: 'other work, once a weekday' })
  work: WorkBody[];
}

export class PostalAddressBody {
  @Field.text({ example: '1 rue de la Paix' })
  line1: string;

  @Field.text(orNull)
  line2?: string | null;

  @FrenchPostalCode()
  @Field.text({ max: 20, about: 'in France, a zero in front that a spreadsheet took away comes back', example: '95500' })
  postalCode: string;

  @Field.text({ example: 'Gonesse' })
  city: string;

  @Field.shaped('isCountry', (text) => /^[A-Z]{2}$/.test(text), 'must be two capital letters (ISO 3166-1)', {
    optional: true,
    example: 'FR',
  })
  country: string = 'FR';
}

export class ContactBody {
  @Field.uuid(optionalId)
  id?: string | null;

  @Field.text({ example: 'Nadia B.' })
  name: string;

  @Field.oneOf(RELATIONSHIPS, { example: 'parent' })
  relationship: Relationship;

  @PhoneField(orNull)
  phone?: string | null;

  @Field.email({ ...orNull, example: 'nadia@example.org' })
  email?: string | null;

  @normal(canonicalLanguage)
  @Field.shaped('isLanguage', isLanguageTag, 'must be a language tag such as fr', {
    ...orNull,
    max: 35,
    about: "null: the council's",
    example: 'fr',
  })
  language?: string | null;

  @Field.oneOf(CONTACT_CHANNELS, { ...orNull, about: 'sms needs a phone, email an e-mail address, letter an address', example: 'sms' })
  preferredChannel?: ContactChannel | null;

  @Field.boolean({ optional: true, about: 'gets the notices; left out: only the first contact does', example: true })
  notify?: boolean;

  @Field.nested(() => PostalAddressBody, orNull)
  address?: PostalAddressBody | null;
}

export class LearnerBody {
  @Field.text({ example: 'Amal' })
  givenName: string;

  @Field.text({ example: 'B.' })
  familyName: string;

  @Field.oneOf(BORROWER_CATEGORIES, { example: 'college' })
  level: BorrowerCategory;

  @Field.uuid({ ...orNull, about: 'the learner’s school; null: nobody has said' })
  schoolId?: string | null;

  @Field.boolean({ optional: true, about: 'sits an exam this year', example: false })
  examYear?: boolean;

  @Field.text({ ...orNull, max: 50, example: '4e B' })
  className?: string | null;

  @Field.boolean({ optional: true, about: 'needs a large screen', example: false })
  largeScreen?: boolean;

  @Field.key({
    ...orNull,
    max: 100,
    about: "this learner in the caller's own system; never a national pupil number (INE)",
    example: 'ent-4711',
  })
  externalId?: string | null;

  @Field.nested(() => TimetableBody, { ...orNull, about: "in weeks at home; null: that of the class or of the school's profile" })
  timetable?: TimetableBody | null;
}

export class HouseholdLearnerBody extends LearnerBody {
  @Field.uuid(optionalId)
  id?: string | null;
}

export class EquipmentBody {
  @Field.key({ ...orNull, max: 64, about: "the caller's own, once in the household; left out: one is given", example: 'phone' })
  id?: string | null;

  @Field.oneOf(DEVICE_CATEGORIES, { example: 'smartphone' })
  category: DeviceCategory;

  @Field.text({ ...orNull, max: 100, example: 'maman' })
  label?: string | null;

  @Field.nestedList(() => TimeRangeBody, always)
  available?: TimeRangeBody[] | null;
}

export class ConnectivityBody {
  @Field.oneOf(CONNECTIVITY_KINDS, { example: 'mobile', about: 'fixed: a line at home; mobile: over a telephone or a SIM; none' })
  kind: ConnectivityKind;

  @Field.integer({ ...orNull, min: 1, max: 20, about: 'live lessons at once; null: one on mobile, any number on fixed', example: null })
  simultaneousLive?: number | null;

  @Field.nestedList(() => TimeRangeBody, always)
  available?: TimeRangeBody[] | null;
}

const PART = { skipNullProperties: false } as const;

/** A part of a household as PATCH takes it: of one that is named by its id, what is left out stays. */
export class ContactChanges extends PartialType(ContactBody, PART) {}
export class HouseholdLearnerChanges extends PartialType(HouseholdLearnerBody, PART) {}
export class EquipmentChanges extends PartialType(EquipmentBody, PART) {}

export function contactOf(body: ContactBody, index: number): Draft<Contact> {
  const { id = null, name, relationship, phone = null, email = null, language = null, preferredChannel = null, notify, address } = body;
  const { notify: alone } = newContact(index);
  return {
    id,
    name,
    relationship,
    phone,
    email,
    language,
    preferredChannel,
    notify: notify ?? alone,
    address: address ? addressOf(address) : null,
  };
}

/** What was sent of a contact; what was left out is undefined. */
export function contactChangesOf({ id = null, address, ...fields }: ContactChanges): PartChanges<Contact> {
  return { ...fields, id, address: address && addressOf(address) };
}

export function learnerPartChangesOf({ id = null, timetable, ...fields }: HouseholdLearnerChanges): PartChanges<Learner> {
  return { ...fields, id, timetable: timetable && timetableOf(timetable) };
}

export function equipmentChangesOf({ id = null, available, ...fields }: EquipmentChanges): PartChanges<Equipment> {
  return { ...fields, id, available: available && available.map(rangeOf) };
}

function addressOf({ line1, line2 = null, postalCode, city, country }: PostalAddressBody): PostalAddress {
  return { line1, line2, postalCode, city, country };
}

export function learnerOf(body: LearnerBody & { id?: string | null }): Draft<Learner> {
  const { id = null, givenName, familyName, level, schoolId = null, examYear = false, className = null, largeScreen = false } = body;
  const { externalId = null, timetable } = body;
  return {
    id,
    givenName,
    familyName,
    level,
    schoolId,
    examYear,
    className,
    largeScreen,
    externalId,
    timetable: timetable ? timetableOf(timetable) : null,
  };
}

/** Plain values: what is compared with what the database gives back. */
export function timetableOf({ live, work }: TimetableBody): Timetable {
  return { live: live.map(rangeOf), work: work.map(({ weekday, minutes }) => ({ weekday, minutes })) };
}

export function equipmentOf({ id = null, category, label = null, available }: EquipmentBody): Draft<Equipment> {
  return { id, category, label, available: available?.map(rangeOf) ?? null };
}

export function connectivityOf({ kind, simultaneousLive = null, available }: ConnectivityBody): Connectivity {
  return { kind, simultaneousLive, available: available?.map(rangeOf) ?? null };
}

const rangeOf = ({ weekday, from, to }: TimeRangeBody) => ({ weekday, from, to });
