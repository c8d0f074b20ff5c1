import { Module } from '@nestjs/common';
import { LineMover } from './line-mover.js';
import { LineMovesService } from './line-moves.service.js';
import { OfferedLinesRepository } from './offered-lines.repository.js';
import { QueueRepository } from './queue.repository.js';
import { QueueService } from './queue.service.js';
import { RequestLinesController } from './request-lines.controller.js';
import { RequestLines } from './request-lines.js';
import { RequestsController } from './requests.controller.js';
import { RequestsJobs } from './requests.jobs.js';
import { RequestsRepository } from './requests.repository.js';
import { RequestsService } from './requests.service.js';
import { SuspensionEndService } from './suspension-end.service.js';

@Module({
  controllers: [RequestsController, RequestLinesController],
  providers: [
    LineMover,
    LineMovesService,
    OfferedLinesRepository,
    QueueRepository,
    QueueService,
    RequestLines,
    RequestsJobs,
    RequestsRepository,
    RequestsService,
    SuspensionEndService,
  ],
  exports: [LineMovesService, RequestLines],
})
export class RequestsModule {}
