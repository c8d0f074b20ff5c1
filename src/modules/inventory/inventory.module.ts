import { Module } from '@nestjs/common';
import { DeskMovesService } from './devices/desk-moves.service.js';
import { DeviceClaimRegistry } from './devices/device-claim-registry.js';
import { DeviceListRepository } from './devices/device-list.repository.js';
import { DeviceModelsController } from './models/device-models.controller.js';
import { DeviceModelsService } from './models/device-models.service.js';
import { DeviceMover } from './devices/device-mover.js';
import { DevicesController } from './devices/devices.controller.js';
import { DevicesRepository } from './devices/devices.repository.js';
import { DevicesService } from './devices/devices.service.js';
import { FindDevicesService } from './devices/find-devices.service.js';
import { InventoryJobs } from './inventory.jobs.js';

@Module({
  controllers: [DeviceModelsController, DevicesController],
  providers: [
    DeskMovesService,
    DeviceClaimRegistry,
    DeviceListRepository,
    DeviceModelsService,
    DeviceMover,
    DevicesRepository,
    DevicesService,
    FindDevicesService,
    InventoryJobs,
  ],
  exports: [DeviceClaimRegistry, DeviceModelsService, DeviceMover, DevicesService],
})
export class InventoryModule {}
