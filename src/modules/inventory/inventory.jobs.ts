import { Injectable } from '@nestjs/common';
import { HandlesJob, type Job } from '../../platform/index.js';
import { DeviceModelsService, INDEX_MODEL } from './device-models.service.js';

@Injectable()
export class InventoryJobs {
  constructor(private readonly models: DeviceModelsService) {}

  @HandlesJob(INDEX_MODEL, { lane: 'bulk' })
  indexModel(job: Job): Promise<void> {
    const { modelId, after } = job.ids as { modelId: string; after: string };
    return job.complete((tx) => this.models.index(tx, modelId, after));
  }
}
