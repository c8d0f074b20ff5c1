export { type Actor, COUNCIL_WIDE, mayOverride, type Reach, STAFF_ROLES, type StaffRole } from './access/actor.js';
export { CurrentActor, PerhapsActor, type RequiredRights, Rights, RIGHTS } from './access/rights.js';
export { isScope, type Scope, SCOPES } from './access/scopes.js';
export { Councils1790000000100 } from './councils.migration.js';
export { CouncilsModule } from './councils.module.js';
export { School, SCHOOL_LEVELS, type SchoolLevel } from './entities/school.entity.js';
export { SchoolsService } from './schools.service.js';
