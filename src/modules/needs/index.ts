export { sharingPlan } from './domain/sharing-plan.js';
export { Kit } from './entities/kit.entity.js';
export { SchoolProfileRow } from './entities/school-profile.entity.js';
export { Needs1790000001100 } from './needs.migration.js';
export { NeedsModule } from './needs.module.js';
export { parsePlanInput } from './plan-input.js';
export { NeedsLock1790000002250 } from './needs-lock.migration.js';
export { NEED_JOBS, StoredNeedsService } from './stored-needs.service.js';
export { NEED_CHANGED } from './needs.events.js';
