import { PartialType } from '@nestjs/swagger';
import { Field } from '../../../platform/index.js';
import type { Draft, Learner } from '../domain/household.js';
import { LearnerBody, timetableOf } from './parts.dto.js';

export class LearnerChanges extends PartialType(LearnerBody, { skipNullProperties: false }) {}

export class LearnerPath {
  @Field.uuid()
  id: string;

  @Field.uuid()
  learnerId: string;
}

/** What was sent of a learner; what was left out is undefined. */
export function learnerChangesOf({ timetable, ...fields }: LearnerChanges): Partial<Draft<Learner>> {
  return { ...fields, timetable: timetable && timetableOf(timetable) };
}
