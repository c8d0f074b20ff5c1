import { Field } from '../../../../platform/http/index.js';
import { BORROWER_CATEGORIES, type BorrowerCategory, DEVICE_CATEGORIES, type DeviceCategory } from '../../../../shared/vocabulary.js';
import { TimeRangeView, WorkView } from '../../../households/http.js';
import {
  MOST_PLAN_LEARNERS,
  PLAN_CONNECTIVITY_KINDS,
  type PlanConnectivity,
  type PlanDevice,
  type PlanInput,
  type PlanLearner,
  SLOT_MINUTES,
  type Suitability,
} from '../../domain/plan-input.js';

class PlanDayView {
  @Field.text({ max: 5, example: '08:00' })
  from: string;

  @Field.text({ max: 5, example: '20:00' })
  to: string;
}

class PlanLearnerView implements PlanLearner {
  @Field.uuid()
  id: string;

  @Field.oneOf(BORROWER_CATEGORIES, { example: 'college' })
  level: BorrowerCategory;

  @Field.nestedList(() => TimeRangeView, { about: 'lessons at fixed times, of the timetable that holds for the learner' })
  live: readonly TimeRangeView[];

  @Field.nestedList(() => WorkView, { about: 'other work of a day' })
  work: readonly WorkView[];
}

class PlanDeviceView implements PlanDevice {
  @Field.label({ about: "id of the family's own equipment, or of a device on loan", example: 'phone' })
  id: string;

  @Field.oneOf(DEVICE_CATEGORIES, { example: 'smartphone' })
  category: DeviceCategory;

  @Field.nestedList(() => TimeRangeView, { nullable: true, about: 'null: always' })
  available: readonly TimeRangeView[] | null;
}

class PlanConnectivityView implements PlanConnectivity {
  @Field.oneOf(PLAN_CONNECTIVITY_KINDS, { about: 'one that the family has not stated counts as fixed', example: 'mobile' })
  kind: PlanConnectivity['kind'];

  @Field.integer({ nullable: true, min: 1, about: 'live lessons at once; null: no limit on a fixed line, 1 on a mobile one', example: 1 })
  simultaneousLive: number | null;

  @Field.nestedList(() => TimeRangeView, { nullable: true, about: 'null: always' })
  available: readonly TimeRangeView[] | null;
}

const categories = () => Field.manyOf(DEVICE_CATEGORIES, { about: 'categories of device that serve', example: ['desktop', 'laptop'] });

class PlanWorkSuitabilityView {
  @categories()
  primary: readonly DeviceCategory[];

  @categories()
  college: readonly DeviceCategory[];

  @categories()
  lycee: readonly DeviceCategory[];

  @categories()
  staff: readonly DeviceCategory[];
}

class PlanSuitabilityView implements Suitability {
  @categories()
  live: readonly DeviceCategory[];

  @Field.nested(() => PlanWorkSuitabilityView, { about: 'by level' })
  work: PlanWorkSuitabilityView;
}

/** The input of a household's sharing plan, without any names. It is the file that the command `needs:plan` takes. */
export class PlanInputView implements PlanInput {
  @Field.nested(() => PlanDayView, { about: 'the ordinary day, longer where a lesson lies outside it' })
  day: PlanDayView;

  @Field.integerOf(SLOT_MINUTES, { about: 'the length of a slot, into which the day is divided, in minutes', example: 30 })
  slotMinutes: PlanInput['slotMinutes'];

  @Field.nestedList(() => PlanLearnerView, { max: MOST_PLAN_LEARNERS, about: 'who has to learn' })
  learners: readonly PlanLearnerView[];

  @Field.nestedList(() => PlanDeviceView, { max: 1000, about: "the family's own, then what is lent to it" })
  equipment: readonly PlanDeviceView[];

  @Field.nested(() => PlanConnectivityView, { about: 'how the home is connected' })
  connectivity: PlanConnectivityView;

  @Field.nested(() => PlanSuitabilityView, { about: 'categories of device on which a lesson can be followed, and work be done' })
  suitability: PlanSuitabilityView;

  @Field.number({ min: 0, max: 1, about: "part of a day's work that needs no connection", example: 0.5 })
  offlineWorkShare: number;
}
