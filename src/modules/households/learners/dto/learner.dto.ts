import { PartialType } from '@nestjs/swagger';
import { Field, Parameter } from '../../../../platform/http/index.js';
import { DEPARTURE_DECISIONS, type DepartureDecision, type LeftBehindDecision } from '../../domain/departure.rules.js';
import type { Draft, Learner } from '../../domain/household.js';
import { LearnerBody, timetableOf } from '../../files/dto/parts.dto.js';

export class LearnerChanges extends PartialType(LearnerBody, { skipNullProperties: false }) {}

export class LearnerPath {
  @Field.uuid()
  id: string;

  @Field.uuid()
  learnerId: string;
}

const DECISION = new RegExp(`^(${DEPARTURE_DECISIONS.join('|')}):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, 'i');
/** Lines and loans of a household are few. */
const MOST_DECISIONS = 20;

export class DepartureQuery {
  @Parameter.shaped(
    'isDecision',
    (value) => value.split(',').length <= MOST_DECISIONS && value.split(',').every((each) => DECISION.test(each)),
    'must be decisions such as keep:<id of a line>,recall:<id of a loan>, at most 20',
    {
      max: 1000,
      example: 'keep:0199f0a2-7a53-7a6e-8f00-8f4c2a9d1b01',
      about:
        'what becomes of each open line and loan of the learner, separated by commas. Of a line: keep:<id> (for those of its learners who stay, else for the other learners of the household; it keeps its waiting time) or withdraw:<id>. Of a loan: keep:<id> (the household keeps the device for another learner) or recall:<id> (it is due in 14 days, or earlier where it is)',
    },
  )
  then?: string;
}

/** The decisions of a checked query. */
export function decidedIn(then: string | undefined): LeftBehindDecision[] {
  return (then ?? '').split(',').flatMap((each) => {
    const [decision, id] = each.split(':');
    return id === undefined ? [] : [{ id: id.toLowerCase(), decision: decision as DepartureDecision }];
  });
}

/** What was sent of a learner; what was left out is undefined. */
export function learnerChangesOf({ timetable, ...fields }: LearnerChanges): Partial<Draft<Learner>> {
  return { ...fields, timetable: timetable && timetableOf(timetable) };
}
