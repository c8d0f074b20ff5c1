export { Kit } from './kits/entities/kit.entity.js';
export { SchoolProfileRow } from './school-profiles/entities/school-profile.entity.js';
export { NEED_JOBS, StoredNeedsService } from './computing/stored-needs.service.js';
export { NEED_CHANGED } from './needs.events.js';
export { type DayHours, READY_TIMES } from './domain/ready-times.js';
export { isTimeOfDay } from './domain/time-of-day.js';
export { oneDevice } from './domain/recommendation.texts.js';
export { numberedDeviceNames } from './domain/plan-names.js';
export {
  answerOfConnectivity,
  answerOfRanges,
  availabilityOf,
  filedConnectivity,
  filedRanges,
  HOME_CONNECTIONS,
  HOME_DEVICES,
  type HomeAnswers,
  type HomeDevice,
  type HomeDeviceAnswer,
  type Level,
  LEVELS,
  MOST_CHILDREN,
  MOST_OF_A_KIND,
  needsHours,
} from './domain/home-answers.js';
export { type NeedOfAnswers, NeedOfAnswersService } from './computing/need-of-answers.service.js';
export type { VisitorHousehold } from './visitors/visitor-household.js';
export { icalLines, icalText } from './domain/ical-text.js';
export type { PlanWeek } from './domain/plan-week.js';
export { HouseholdPlanService } from './plans/household-plan.service.js';
export { type VisitorPlan, VisitorPlanService } from './visitors/visitor-plan.service.js';
