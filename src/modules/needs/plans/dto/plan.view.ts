import { Field } from '../../../../platform/http/index.js';
import type { LearnerShare, PlanBlock, SharingPlan } from '../../domain/sharing-plan.js';

class BlockView implements PlanBlock {
  @Field.label({ example: 'amal', about: 'id of the learner' })
  learner: string;

  @Field.label({ example: 'phone', about: 'id of the device' })
  device: string;

  @Field.oneOf(['live', 'work'], { about: 'a lesson, or other work' })
  kind: 'live' | 'work';

  @Field.integer({ min: 1, max: 7, about: '1 is Monday', example: 1 })
  weekday: number;

  @Field.text({ max: 5, example: '17:00' })
  from: string;

  @Field.text({ max: 5, example: '18:00' })
  to: string;
}

export class ServedMinutesView {
  @Field.integer({ example: 120 })
  demanded: number;

  @Field.integer({ example: 60, about: 'minutes a week of it that can be done' })
  served: number;
}

class LearnerShareView implements LearnerShare {
  @Field.label({ example: 'amal', about: 'the learner, as they were sent' })
  id: string;

  @Field.nested(() => ServedMinutesView)
  liveMinutes: ServedMinutesView;

  @Field.nested(() => ServedMinutesView)
  workMinutes: ServedMinutesView;

  @Field.integer({ example: 60 })
  uncoveredMinutes: number;
}

export class SharingPlanView implements SharingPlan {
  @Field.nestedList(() => BlockView, { max: 20_000, about: 'who is on which device; sorted by weekday, from, learner' })
  blocks: readonly BlockView[];

  @Field.nestedList(() => LearnerShareView, { max: 20, about: 'what each learner gets of what they need' })
  learners: readonly LearnerShareView[];

  @Field.integer({ about: 'of the week, of all learners', example: 60 })
  uncoveredMinutes: number;
}
