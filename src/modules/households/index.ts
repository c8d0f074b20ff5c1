export { Households1790000000400 } from './households.migration.js';
export type { Connectivity, Equipment, PostalAddress, TimeRange, Timetable } from './domain/household.js';
export { timetableFaults } from './domain/household.rules.js';
export { TimeRangeBody, WorkBody } from './dto/parts.dto.js';
export { TimeRangeView, WorkView } from './dto/views.dto.js';
export { HouseholdsModule } from './households.module.js';
export { type HouseholdInReach, HouseholdsRepository } from './households.repository.js';
export { Reachability1790000001625 } from './reachability.migration.js';
