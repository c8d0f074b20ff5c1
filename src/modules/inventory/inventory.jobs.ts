import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobOf } from '../../platform/index.js';
import { DeviceModelsService, INDEX_MODEL } from './models/device-models.service.js';

@Injectable()
export class InventoryJobs {
  constructor(private readonly models: DeviceModelsService) {}

  @HandlesJob(INDEX_MODEL)
  indexModel(job: JobOf<typeof INDEX_MODEL>): Promise<void> {
    const { modelId, after } = job.ids;
    return job.complete((tx) => this.models.index(tx, modelId, after));
  }
}
