export { Kit } from './kits/entities/kit.entity.js';
export { SchoolProfileRow } from './school-profiles/entities/school-profile.entity.js';
export { NEED_JOBS, StoredNeedsService } from './computing/stored-needs.service.js';
export { NEED_CHANGED } from './needs.events.js';
