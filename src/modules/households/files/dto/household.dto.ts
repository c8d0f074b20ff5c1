import { OmitType, PartialType } from '@nestjs/swagger';
import { DEPARTURE_DECISIONS, type DepartureDecision, type LeftBehindDecision } from '../../domain/departure.rules.js';
import { Example, Field, orNull, PageQuery, Parameter } from '../../../../platform/http/index.js';
import { type FactName, FACTS, type HouseholdChanges, type HouseholdDraft } from '../../domain/household.js';
import { MOST_LEARNERS } from '../../domain/household.rules.js';
import {
  ConnectivityBody,
  connectivityOf,
  ContactBody,
  ContactChanges,
  contactChangesOf,
  contactOf,
  EquipmentBody,
  EquipmentChanges,
  equipmentChangesOf,
  equipmentOf,
  HouseholdLearnerBody,
  HouseholdLearnerChanges,
  learnerOf,
  learnerPartChangesOf,
} from './parts.dto.js';

@Example({
  contacts: [{ name: 'Nadia B.', relationship: 'parent', phone: '+33612345678', language: 'fr', preferredChannel: 'sms' }],
  learners: [{ givenName: 'Amal', familyName: 'B.', level: 'college', examYear: true }],
  equipment: [{ category: 'smartphone', label: 'maman', available: [{ weekday: 1, from: '18:00', to: '20:00' }] }],
  connectivity: { kind: 'mobile' },
  homeAlone: true,
  bursaryLevel: 4,
})
export class HouseholdBody {
  @Field.uuid({ ...orNull, about: 'the household’s own school; null: none' })
  schoolId?: string | null;

  @Field.nestedList(() => ContactBody, { min: 1, max: 6, about: 'the first one first' })
  contacts: ContactBody[];

  @Field.nestedList(() => HouseholdLearnerBody, {
    max: MOST_LEARNERS,
    optional: true,
    about: 'who is in school, or borrows for work at one',
  })
  learners?: HouseholdLearnerBody[];

  @Field.nestedList(() => EquipmentBody, { max: 20, optional: true, about: 'devices that the family has at home' })
  equipment?: EquipmentBody[];

  @Field.nested(() => ConnectivityBody, { ...orNull, about: 'null: not stated' })
  connectivity?: ConnectivityBody | null;

  @Field.boolean({ ...orNull, about: 'no adult at home in school hours; null: not stated', example: true })
  homeAlone?: boolean | null;

  @Field.integer({ ...orNull, max: 8, about: 'null: not stated', example: 4 })
  bursaryLevel?: number | null;
}

export class LeftBehindBody implements LeftBehindDecision {
  @Field.uuid({ about: 'of the line or of the loan' })
  id: string;

  @Field.oneOf(DEPARTURE_DECISIONS, {
    example: 'keep',
    about:
      'of a line: keep (for those of its learners who stay, else for the other learners of the household; it keeps its waiting time) or withdraw; of a loan: keep (the household keeps the device for another learner) or recall (it is due in 14 days, or earlier where it is)',
  })
  decision: DepartureDecision;
}

const PART_BY_PART = 'put together by id: one named with its id keeps what is not named, null clears, one left out goes';

/** Lists are put together part by part; learners who are left out have left. */
@Example({ homeAlone: false, connectivity: { kind: 'fixed' } })
export class HouseholdChangesBody extends PartialType(OmitType(HouseholdBody, ['contacts', 'learners', 'equipment'] as const), {
  skipNullProperties: false,
}) {
  @Field.nestedList(() => ContactChanges, { min: 1, max: 6, optional: true, about: PART_BY_PART })
  contacts?: ContactChanges[];

  @Field.nestedList(() => HouseholdLearnerChanges, { max: MOST_LEARNERS, optional: true, about: PART_BY_PART })
  learners?: HouseholdLearnerChanges[];

  @Field.nestedList(() => EquipmentChanges, { max: 20, optional: true, about: PART_BY_PART })
  equipment?: EquipmentChanges[];

  @Field.nestedList(() => LeftBehindBody, {
    optional: true,
    about:
      'where learners are left out for whom something is asked or lent: what becomes of each such line (a client needs requests:write for it) and loan (loans:write); else 409 LEARNER_HAS_OPEN_LINE or LEARNER_HAS_OPEN_LOAN names them',
  })
  then?: LeftBehindBody[];
}

export class HouseholdsQuery extends PageQuery {
  @Parameter.search({
    about:
      'inside references and names of contacts and learners (accents and capitals do not count), or the asset tag of a device that they have, or a telephone number in any form, or four digits of one (not for desk agents)',
  })
  q?: string;

  @Parameter.uuid({ about: "of this school: the household's own, or one of its learners'" })
  schoolId?: string;
}

export class VerificationBody {
  @Field.manyOf(FACTS, { min: 1, max: FACTS.length, example: ['bursaryLevel'], about: 'which facts were seen proven' })
  fields: FactName[];
}

export function changesOf(body: HouseholdChangesBody): HouseholdChanges {
  const { schoolId, contacts, learners, equipment, connectivity, homeAlone, bursaryLevel } = body;
  return {
    schoolId,
    homeAlone,
    bursaryLevel,
    contacts: contacts?.map(contactChangesOf),
    learners: learners?.map(learnerPartChangesOf),
    equipment: equipment?.map(equipmentChangesOf),
    connectivity: connectivity && connectivityOf(connectivity),
  };
}

export function draftOf(body: HouseholdBody): HouseholdDraft {
  const { schoolId = null, homeAlone = null, bursaryLevel = null, contacts, learners = [], equipment = [], connectivity } = body;
  return {
    schoolId,
    homeAlone,
    bursaryLevel,
    contacts: contacts.map(contactOf),
    learners: learners.map(learnerOf),
    equipment: equipment.map(equipmentOf),
    connectivity: connectivity ? connectivityOf(connectivity) : null,
  };
}
