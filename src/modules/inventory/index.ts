export { DeviceKeys1790000002405 } from './device-keys.migration.js';
export { DeviceMoves, type MovedDevice } from './device-moves.js';
export { searchText as deviceSearchText } from './domain/search-text.js';
export { REGISTERED } from './devices.repository.js';
export { deviceMachine, type DeviceMove, type DeviceStatus } from './domain/device.machine.js';
export { DeviceHistory1790000002105 } from './device-history.migration.js';
export { DeviceModel } from './entities/device-model.entity.js';
export { Inventory1790000000300 } from './inventory.migration.js';
export { InventoryModule } from './inventory.module.js';
