import { Module } from '@nestjs/common';
import { CouncilsModule } from '../councils/councils.module.js';
import { HouseholdsModule } from '../households/households.module.js';
import { InventoryModule } from '../inventory/inventory.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { AllocationJobs } from './allocation.jobs.js';
import { LineExplanationService } from './decisions/line-explanation.service.js';
import { LineExplanationsController } from './decisions/line-explanations.controller.js';
import { OfferExplanationService } from './decisions/offer-explanation.service.js';
import { OfferExplanationsController } from './decisions/offer-explanations.controller.js';
import { OfferExplanationsRepository } from './decisions/offer-explanations.repository.js';
import { PassedOverRepository } from './decisions/passed-over.repository.js';
import { PassedOverRecorder } from './decisions/passed-over-recorder.js';
import { HeldDevicesService } from './offers/held-devices.service.js';
import { LineDepartureHandler } from './offers/line-departure-handler.js';
import { LineMovesController } from './offers/line-moves.controller.js';
import { OfferCalendarService } from './pickups/offer-calendar.service.js';
import { OfferEndingService } from './offers/offer-ending.service.js';
import { OfferExpiryService } from './offers/offer-expiry.service.js';
import { OfferJudgementService } from './offers/offer-judgement.service.js';
import { OfferMaker } from './offers/offer-maker.js';
import { OfferNoticeService } from './offers/offer-notice.service.js';
import { OfferMovesService } from './offers/offer-moves.service.js';
import { OfferWithdrawalService } from './offers/offer-withdrawal.service.js';
import { OfferSettingsReader } from './offers/offer-settings.js';
import { OffersController } from './offers/offers.controller.js';
import { OffersInTimeRepository } from './offers/offers-in-time.repository.js';
import { OffersRepository } from './offers/offers.repository.js';
import { OffersService } from './offers/offers.service.js';
import { PickupSlotsController } from './pickups/pickup-slots.controller.js';
import { PickupSlotsRepository } from './pickups/pickup-slots.repository.js';
import { PickupSlotsService } from './pickups/pickup-slots.service.js';
import { PickupsController } from './pickups/pickups.controller.js';
import { PickupsRepository } from './pickups/pickups.repository.js';
import { PickupsService } from './pickups/pickups.service.js';
import { ReturnedDevicesRepository } from './rounds/returned-devices.repository.js';
import { QueueAheadCounter } from './rounds/queue-ahead-counter.js';
import { ProposeAtOnceService } from './rounds/propose-at-once.service.js';
import { RoundEngine } from './rounds/round-engine.js';
import { RoundProposalsRepository } from './rounds/round-proposals.repository.js';
import { RoundPublicationRepository } from './rounds/round-publication.repository.js';
import { RoundPublicationService } from './rounds/round-publication.service.js';
import { RoundSolutionsRepository } from './rounds/round-solutions.repository.js';
import { CouncilRoundSources } from './rounds/council-round-sources.js';
import { DeviceRoundSources } from './rounds/device-round-sources.js';
import { RoundSolvingService } from './rounds/round-solving.service.js';
import { RoundsController } from './rounds/rounds.controller.js';
import { RoundsRepository } from './rounds/rounds.repository.js';
import { RoundsService } from './rounds/rounds.service.js';
import { AllocationPoliciesRepository } from './policy/allocation-policies.repository.js';
import { AllocationPoliciesService } from './policy/allocation-policies.service.js';
import { AllocationPolicyController } from './policy/allocation-policy.controller.js';
import { ReviewListController } from './review/review-list.controller.js';
import { ReviewListRepository } from './review/review-list.repository.js';
import { ReviewListService } from './review/review-list.service.js';
import { LendableStockReader } from './policy/lendable-stock-reader.js';
import { SolveController } from './rounds/solve.controller.js';
import { StandingDecisionsController } from './standing/standing-decisions.controller.js';
import { StandingDecisionsRepository } from './standing/standing-decisions.repository.js';
import { StandingDecisionsService } from './standing/standing-decisions.service.js';

@Module({
  imports: [CouncilsModule, HouseholdsModule, InventoryModule, RequestsModule],
  controllers: [
    SolveController,
    RoundsController,
    OffersController,
    PickupsController,
    PickupSlotsController,
    LineMovesController,
    LineExplanationsController,
    OfferExplanationsController,
    AllocationPolicyController,
    ReviewListController,
    StandingDecisionsController,
  ],
  providers: [
    AllocationJobs,
    AllocationPoliciesRepository,
    AllocationPoliciesService,
    HeldDevicesService,
    LineDepartureHandler,
    LineExplanationService,
    OfferCalendarService,
    OfferEndingService,
    OfferExpiryService,
    OfferExplanationService,
    OfferExplanationsRepository,
    OfferJudgementService,
    OfferMaker,
    OfferMovesService,
    OfferNoticeService,
    OfferSettingsReader,
    OffersInTimeRepository,
    OfferWithdrawalService,
    OffersRepository,
    OffersService,
    PassedOverRecorder,
    PassedOverRepository,
    PickupsRepository,
    PickupsService,
    PickupSlotsRepository,
    PickupSlotsService,
    ReturnedDevicesRepository,
    QueueAheadCounter,
    ProposeAtOnceService,
    RoundEngine,
    RoundProposalsRepository,
    RoundPublicationRepository,
    RoundPublicationService,
    RoundSolutionsRepository,
    CouncilRoundSources,
    DeviceRoundSources,
    RoundSolvingService,
    RoundsRepository,
    RoundsService,
    ReviewListRepository,
    ReviewListService,
    StandingDecisionsService,
    StandingDecisionsRepository,
    LendableStockReader,
  ],
  exports: [
    HeldDevicesService,
    LendableStockReader,
    LineExplanationService,
    OfferMovesService,
    OfferNoticeService,
    OffersService,
    PassedOverRecorder,
    PickupSlotsService,
    QueueAheadCounter,
  ],
})
export class AllocationModule {}
