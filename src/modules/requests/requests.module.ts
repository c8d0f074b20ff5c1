import { Module } from '@nestjs/common';
import { CouncilsModule } from '../councils/councils.module.js';
import { HouseholdsModule } from '../households/households.module.js';
import { NeedsModule } from '../needs/needs.module.js';
import { AskingService } from './asking/asking.service.js';
import { SendRequestService } from './asking/send-request.service.js';
import { UnsentRequestsRepository } from './asking/unsent-requests.repository.js';
import { LineMover } from './lines/line-mover.js';
import { LineMovesService } from './lines/line-moves.service.js';
import { OfferedLinesRepository } from './lines/offered-lines.repository.js';
import { CyclesController } from './lottery/cycles.controller.js';
import { LotteryRepository } from './lottery/lottery.repository.js';
import { LotteryService } from './lottery/lottery.service.js';
import { PublicLotteryController } from './lottery/public-lottery.controller.js';
import { ExplanationService } from './priority/explanation.service.js';
import { LineScorer } from './priority/line-scorer.js';
import { PreviewRepository } from './priority/preview.repository.js';
import { PreviewService } from './priority/preview.service.js';
import { PriorityPoliciesController } from './priority/priority-policies.controller.js';
import { PriorityPoliciesRepository } from './priority/priority-policies.repository.js';
import { PriorityPoliciesService } from './priority/priority-policies.service.js';
import { PublicPoliciesController } from './priority/public-policies.controller.js';
import { RankingRepository } from './priority/ranking.repository.js';
import { RerankService } from './priority/rerank.service.js';
import { ScoreCheckRepository } from './priority/score-check.repository.js';
import { ScoreChecker } from './priority/score-checker.js';
import { WaitingDaysService } from './priority/waiting-days.service.js';
import { QueueRepository } from './queue/queue.repository.js';
import { QueueService } from './queue/queue.service.js';
import { RequestLinesController } from './lines/request-lines.controller.js';
import { RequestLinesService } from './lines/request-lines.service.js';
import { RequestsController } from './intake/requests.controller.js';
import { RequestsJobs } from './requests.jobs.js';
import { RequestsRepository } from './intake/requests.repository.js';
import { RequestsService } from './intake/requests.service.js';
import { SuspendedLinesRepository } from './lines/suspended-lines.repository.js';
import { SuspensionEndService } from './lines/suspension-end.service.js';

@Module({
  imports: [CouncilsModule, HouseholdsModule, NeedsModule],
  controllers: [
    RequestsController,
    RequestLinesController,
    PriorityPoliciesController,
    PublicPoliciesController,
    CyclesController,
    PublicLotteryController,
  ],
  providers: [
    AskingService,
    SendRequestService,
    UnsentRequestsRepository,
    ExplanationService,
    LineMover,
    LineMovesService,
    OfferedLinesRepository,
    LineScorer,
    LotteryRepository,
    LotteryService,
    PreviewRepository,
    PreviewService,
    PriorityPoliciesRepository,
    PriorityPoliciesService,
    QueueRepository,
    RankingRepository,
    RerankService,
    ScoreChecker,
    ScoreCheckRepository,
    WaitingDaysService,
    QueueService,
    RequestLinesService,
    RequestsJobs,
    RequestsRepository,
    RequestsService,
    SuspendedLinesRepository,
    SuspensionEndService,
  ],
  exports: [
    AskingService,
    ExplanationService,
    LineMovesService,
    QueueService,
    RequestLinesService,
    RequestsService,
    ScoreChecker,
    SendRequestService,
  ],
})
export class RequestsModule {}
