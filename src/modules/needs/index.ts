export { sharingPlan } from './domain/sharing-plan.js';
export { Kit } from './entities/kit.entity.js';
export { SchoolProfileRow } from './entities/school-profile.entity.js';
export { NeedsModule } from './needs.module.js';
export { parsePlanInput } from './plan-input.js';
export { NEED_JOBS, StoredNeedsService } from './stored-needs.service.js';
export { NEED_CHANGED } from './needs.events.js';
