import { Id, jobEvent } from '../../platform/index.js';

export const NEED_CHANGED = jobEvent('household.need_changed', { householdId: Id.text });
