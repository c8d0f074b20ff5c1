export {
  type Actor,
  contactActorId,
  helperActorId,
  COUNCIL_WIDE,
  type Family,
  mayOverride,
  NOWHERE,
  type Reach,
  reachInto,
  reachOfList,
  reachOver,
  type Role,
  ROLES,
  STAFF_ROLES,
  type StaffRole,
} from './access/actor.js';
export { hasRights, type RequiredRights } from './access/rights.js';
export { isScope, type Scope, SCOPE_MEANINGS, SCOPES } from './access/scopes.js';
export { CouncilsRepository } from './council/councils.repository.js';
export { CouncilsService } from './council/councils.service.js';
export {
  borrowerOf,
  type LoanLength,
  type LoanPolicy,
  type LoanPolicyRule,
  POLICY_VALUES,
  type PolicyScope,
  resolvePolicy,
  SHIPPED_LOAN_POLICY,
  storedLoanRules,
} from './domain/loan-policy.rules.js';
export { type Directions, storedDirections } from './domain/directions.rules.js';
export { storedOpeningHours } from './domain/opening-hours.rules.js';
export { LoanPoliciesRepository } from './loan-policies/loan-policies.repository.js';
export type { PickupSite } from './resources/pickup-sites.repository.js';
export { PickupSitesService } from './resources/pickup-sites.service.js';
export { type FoundSchools, SchoolFinderService } from './resources/school-finder.service.js';
export { ResourceService } from './resources/resource.service.js';
export { Fund } from './resources/entities/fund.entity.js';
export { School, type SchoolLevel } from './resources/entities/school.entity.js';
export { SchoolsService } from './resources/schools.service.js';
export { SitesService } from './resources/sites.service.js';
export { Site } from './resources/entities/site.entity.js';
export {
  AGREEMENT_TEXTS_CHANGED,
  CLOSED_DAYS_CHANGED,
  FUND_CHANGED,
  LOAN_POLICIES_CHANGED,
  SCHOOL_INDEX_CHANGED,
  STREAMS_CHANGED,
  TIME_ZONE_CHANGED,
} from './councils.events.js';
