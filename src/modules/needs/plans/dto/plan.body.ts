import { Example, Field, orNull } from '../../../../platform/http/index.js';
import { BORROWER_CATEGORIES, type BorrowerCategory, DEVICE_CATEGORIES, type DeviceCategory } from '../../../../shared/vocabulary.js';
import {
  MOST_PLAN_DEVICES,
  MOST_PLAN_LEARNERS,
  PLAN_CONNECTIVITY_KINDS,
  PLAN_DEFAULTS,
  type PlanInput,
  SLOT_MINUTES,
} from '../../domain/plan-input.js';
import { isTimeOfDay } from '../../domain/time-of-day.js';

const time = (example: string, about?: string) =>
  Field.shaped('isTime', isTimeOfDay, 'must be HH:MM, from 00:00 to 24:00', { max: 5, example, about });

const left = { optional: true } as const;

export class PlanDayBody {
  @time('08:00')
  from: string;

  @time('20:00', 'a whole number of slots after `from`')
  to: string;
}

export class PlanRangeBody {
  @Field.integer({ min: 1, max: 7, about: '1 is Monday', example: 1 })
  weekday: number;

  @time('09:00', 'on the bounds of slots')
  from: string;

  @time('10:00')
  to: string;
}

export class PlanWorkBody {
  @Field.integer({ min: 1, max: 7, about: '1 is Monday', example: 1 })
  weekday: number;

  @Field.integer({ max: 1440, about: 'rounded up to whole slots', example: 120 })
  minutes: number;
}

export class PlanLearnerBody {
  @Field.label({ example: 'amal', about: 'each once' })
  id: string;

  @Field.oneOf(BORROWER_CATEGORIES, { example: 'college' })
  level: BorrowerCategory;

  @Field.nestedList(() => PlanRangeBody, { ...left, max: 200, about: 'lessons at fixed times; none when left out' })
  live?: PlanRangeBody[];

  @Field.nestedList(() => PlanWorkBody, { ...left, max: 100, about: 'other work of a day; none when left out' })
  work?: PlanWorkBody[];
}

const always = { ...orNull, max: 200, about: 'always when left out' } as const;

export class PlanDeviceBody {
  @Field.label({ example: 'phone', about: 'each once' })
  id: string;

  @Field.oneOf(DEVICE_CATEGORIES, { example: 'smartphone', about: 'what kind of device it is' })
  category: DeviceCategory;

  @Field.nestedList(() => PlanRangeBody, always)
  available?: PlanRangeBody[] | null;
}

export class PlanConnectivityBody {
  @Field.oneOf(PLAN_CONNECTIVITY_KINDS, { example: 'mobile', about: 'fixed: a line at home; mobile: over a telephone or a SIM; none' })
  kind: PlanInput['connectivity']['kind'];

  @Field.integer({
    ...orNull,
    min: 1,
    max: 100,
    about: 'live lessons at once; left out: no limit on a fixed line, 1 on a mobile one',
    example: 1,
  })
  simultaneousLive?: number | null;

  @Field.nestedList(() => PlanRangeBody, always)
  available?: PlanRangeBody[] | null;
}

const categories = () => Field.manyOf(DEVICE_CATEGORIES, { ...left, about: 'left out: as shipped', example: ['laptop'] });

export class WorkSuitabilityBody {
  @categories()
  primary?: DeviceCategory[];

  @categories()
  college?: DeviceCategory[];

  @categories()
  lycee?: DeviceCategory[];

  @categories()
  staff?: DeviceCategory[];
}

export class SuitabilityBody {
  @categories()
  live?: DeviceCategory[];

  @Field.nested(() => WorkSuitabilityBody, { ...left, about: 'by level' })
  work?: WorkSuitabilityBody;
}

/** A household as the sharing plan's engine takes it (engines.md, 1), for the API and the command line. */
@Example({
  learners: [{ id: 'amal', level: 'college', live: [{ weekday: 1, from: '09:00', to: '10:00' }], work: [{ weekday: 1, minutes: 120 }] }],
  equipment: [{ id: 'phone', category: 'smartphone', available: [{ weekday: 1, from: '18:00', to: '20:00' }] }],
  connectivity: { kind: 'mobile' },
})
export class PlanBody {
  @Field.nested(() => PlanDayBody, { ...left, about: `left out: ${PLAN_DEFAULTS.day.from} to ${PLAN_DEFAULTS.day.to}` })
  day?: PlanDayBody;

  @Field.integerOf(SLOT_MINUTES, { ...left, about: `left out: ${PLAN_DEFAULTS.slotMinutes}`, example: 30 })
  slotMinutes?: PlanInput['slotMinutes'];

  @Field.nestedList(() => PlanLearnerBody, { max: MOST_PLAN_LEARNERS, about: 'who has to learn' })
  learners: PlanLearnerBody[];

  @Field.nestedList(() => PlanDeviceBody, { max: MOST_PLAN_DEVICES, about: 'devices that they share' })
  equipment: PlanDeviceBody[];

  @Field.nested(() => PlanConnectivityBody, { about: 'how the home is connected' })
  connectivity: PlanConnectivityBody;

  @Field.nested(() => SuitabilityBody, { ...left, about: 'categories of device on which a lesson can be followed, and work be done' })
  suitability?: SuitabilityBody;

  @Field.number({
    min: 0,
    max: 1,
    ...left,
    about: `part of a day's work that needs no connection; left out: ${PLAN_DEFAULTS.offlineWorkShare}`,
    example: 0.5,
  })
  offlineWorkShare?: number;
}
