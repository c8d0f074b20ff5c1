import { Module } from '@nestjs/common';
import { DeskMovesService } from './desk-moves.service.js';
import { DeviceClaimRegistry } from './device-claim-registry.js';
import { DeviceListRepository } from './device-list.repository.js';
import { DeviceModelsController } from './device-models.controller.js';
import { DeviceModelsService } from './device-models.service.js';
import { DeviceMover } from './device-mover.js';
import { DevicesController } from './devices.controller.js';
import { DevicesRepository } from './devices.repository.js';
import { DevicesService } from './devices.service.js';
import { FindDevicesService } from './find-devices.service.js';
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
