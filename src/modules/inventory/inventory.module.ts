import { Module } from '@nestjs/common';
import { DeskMovesService } from './desk-moves.service.js';
import { DeviceClaims } from './device-claims.js';
import { DeviceListRepository } from './device-list.repository.js';
import { DeviceModelsController } from './device-models.controller.js';
import { DeviceModelsService } from './device-models.service.js';
import { DeviceMoves } from './device-moves.js';
import { DevicesController } from './devices.controller.js';
import { DevicesRepository } from './devices.repository.js';
import { DevicesService } from './devices.service.js';
import { FindDevicesService } from './find-devices.service.js';
import { InventoryJobs } from './inventory.jobs.js';

@Module({
  controllers: [DeviceModelsController, DevicesController],
  providers: [
    DeskMovesService,
    DeviceClaims,
    DeviceListRepository,
    DeviceModelsService,
    DeviceMoves,
    DevicesRepository,
    DevicesService,
    FindDevicesService,
    InventoryJobs,
  ],
  exports: [DeviceClaims, DeviceModelsService, DeviceMoves, DevicesService],
})
export class InventoryModule {}
