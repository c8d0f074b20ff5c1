export { DeviceClaimRegistry } from './devices/device-claim-registry.js';
export { DeviceMover, type MovedDevice } from './devices/device-mover.js';
export { searchText as deviceSearchText } from './domain/search-text.js';
export { REGISTERED } from './devices/devices.repository.js';
export { deviceMachine, type DeviceMove, type DeviceStatus } from './domain/device.machine.js';
export { DeviceModel } from './models/entities/device-model.entity.js';
export { DEVICE_CAME_BACK, DEVICE_MISSING_FROM_OFFER, DEVICE_MOVED, HOLDING_CHANGED } from './inventory.events.js';
