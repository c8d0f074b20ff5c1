import { PartialType } from '@nestjs/swagger';
import { Field, orNull, PageQuery, Parameter } from '../../../platform/index.js';
import { type FactName, FACTS, type HouseholdDraft } from '../domain/household.js';
import { type Changes, MOST_LEARNERS } from '../domain/household.rules.js';
import {
  ConnectivityBody,
  connectivityOf,
  ContactBody,
  contactOf,
  EquipmentBody,
  equipmentOf,
  HouseholdLearnerBody,
  learnerOf,
} from './parts.dto.js';

export class HouseholdBody {
  @Field.uuid(orNull)
  schoolId?: string | null;

  @Field.nestedList(() => ContactBody, { min: 1, max: 6, about: 'the first one first' })
  contacts: ContactBody[];

  @Field.nestedList(() => HouseholdLearnerBody, { max: MOST_LEARNERS, optional: true })
  learners?: HouseholdLearnerBody[];

  @Field.nestedList(() => EquipmentBody, { max: 20, optional: true })
  equipment?: EquipmentBody[];

  @Field.nested(() => ConnectivityBody, { ...orNull, about: 'null: not stated' })
  connectivity?: ConnectivityBody | null;

  @Field.boolean({ ...orNull, about: 'no adult at home in school hours; null: not stated', example: true })
  homeAlone?: boolean | null;

  @Field.integer({ ...orNull, max: 8, about: 'null: not stated', example: 4 })
  bursaryLevel?: number | null;
}

/** A list that is sent replaces the whole list: items with an id that stands already keep it, and learners who are left out have left. */
export class HouseholdChanges extends PartialType(HouseholdBody, { skipNullProperties: false }) {}

export class HouseholdsQuery extends PageQuery {
  @Parameter.search({
    about:
      'inside references and names of contacts and learners (accents and capitals do not count), or the exact asset tag of a device that they have',
  })
  q?: string;

  @Parameter.uuid({ about: "of this school: the household's own, or one of its learners'" })
  schoolId?: string;
}

export class VerificationBody {
  @Field.manyOf(FACTS, { min: 1, max: FACTS.length, example: ['bursaryLevel'] })
  fields: FactName[];
}

export function changesOf(body: Partial<HouseholdBody>): Changes {
  const { schoolId, contacts, learners, equipment, connectivity, homeAlone, bursaryLevel } = body;
  return {
    ...{ schoolId, homeAlone, bursaryLevel },
    contacts: contacts?.map(contactOf),
    learners: learners?.map(learnerOf),
    equipment: equipment?.map(equipmentOf),
    connectivity: connectivity && connectivityOf(connectivity),
  };
}

export function draftOf(body: HouseholdBody): HouseholdDraft {
  const { schoolId = null, homeAlone = null, bursaryLevel = null, contacts, learners = [], equipment = [], connectivity } = body;
  return {
    ...{ schoolId, homeAlone, bursaryLevel },
    contacts: contacts.map(contactOf),
    learners: learners.map(learnerOf),
    equipment: equipment.map(equipmentOf),
    connectivity: connectivity ? connectivityOf(connectivity) : null,
  };
}
