import { Id, jobEvent } from '../../platform/index.js';

export const HOUSEHOLD_CHANGED = jobEvent('household.changed', { householdId: Id.text });
