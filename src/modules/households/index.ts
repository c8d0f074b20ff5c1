export { Households1790000000400 } from './households.migration.js';
export { HouseholdsModule } from './households.module.js';
export { type HouseholdInReach, HouseholdsRepository } from './households.repository.js';
