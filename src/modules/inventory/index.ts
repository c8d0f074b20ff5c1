export { DeviceClaimRegistry } from './device-claim-registry.js';
export { DeviceMover, type MovedDevice } from './device-mover.js';
export { searchText as deviceSearchText } from './domain/search-text.js';
export { REGISTERED } from './devices.repository.js';
export { deviceMachine, type DeviceMove, type DeviceStatus } from './domain/device.machine.js';
export { DeviceModel } from './entities/device-model.entity.js';
export { InventoryModule } from './inventory.module.js';
export { DEVICE_CAME_BACK, DEVICE_MISSING_FROM_OFFER, DEVICE_MOVED, HOLDING_CHANGED } from './inventory.events.js';
