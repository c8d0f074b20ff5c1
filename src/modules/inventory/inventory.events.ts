import { Id, jobEvent } from '../../platform/index.js';

export const DEVICE_MOVED = jobEvent('device.moved', { deviceId: Id.text, eventId: Id.text });
export const DEVICE_MISSING_FROM_OFFER = jobEvent('device.missing_from_offer', { deviceId: Id.text });
export const DEVICE_CAME_BACK = jobEvent('device.came_back', { deviceId: Id.text });
export const HOLDING_CHANGED = jobEvent('household.holding_changed', { householdId: Id.text });
