export { Inventory1790000000300 } from './inventory.migration.js';
export { InventoryModule } from './inventory.module.js';
