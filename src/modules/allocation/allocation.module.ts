import { Module } from '@nestjs/common';
import { CouncilsModule } from '../councils/index.js';
import { HouseholdsModule } from '../households/index.js';
import { InventoryModule } from '../inventory/index.js';
import { RequestsModule } from '../requests/index.js';
import { AllocationJobs } from './allocation.jobs.js';
import { LineExplanationService } from './decisions/line-explanation.service.js';
import { LineExplanationsController } from './decisions/line-explanations.controller.js';
import { OfferExplanationService } from './decisions/offer-explanation.service.js';
import { OfferExplanationsController } from './decisions/offer-explanations.controller.js';
import { OfferExplanationsRepository } from './decisions/offer-explanations.repository.js';
import { PassedOverRepository } from './decisions/passed-over.repository.js';
import { PassedOver } from './decisions/passed-over.js';
import { HeldDevices } from './held-devices.js';
import { LineDepartureHandler } from './line-departure-handler.js';
import { LineMovesController } from './line-moves.controller.js';
import { OfferCalendarService } from './offer-calendar.service.js';
import { OfferEnding } from './offer-ending.js';
import { OfferExpiryService } from './offer-expiry.service.js';
import { OfferJudgement } from './offer-judgement.js';
import { OfferMaker } from './offer-maker.js';
import { OfferNotice } from './offer-notice.js';
import { OfferMoves } from './offer-moves.js';
import { OfferWithdrawal } from './offer-withdrawal.js';
import { OfferSettingsReader } from './offer-settings.js';
import { OffersController } from './offers.controller.js';
import { OffersInTimeRepository } from './offers-in-time.repository.js';
import { OffersRepository } from './offers.repository.js';
import { OffersService } from './offers.service.js';
import { PickupSlotsController } from './pickup-slots.controller.js';
import { PickupSlotsRepository } from './pickup-slots.repository.js';
import { PickupSlotsService } from './pickup-slots.service.js';
import { PickupsController } from './pickups/pickups.controller.js';
import { PickupsRepository } from './pickups/pickups.repository.js';
import { PickupsService } from './pickups/pickups.service.js';
import { ReturnedDevicesRepository } from './rounds/returned-devices.repository.js';
import { PromisableAhead } from './rounds/promisable-ahead.js';
import { ProposeAtOnceService } from './rounds/propose-at-once.service.js';
import { RoundEngine } from './rounds/round-engine.js';
import { RoundProposalsRepository } from './rounds/round-proposals.repository.js';
import { RoundPublicationRepository } from './rounds/round-publication.repository.js';
import { RoundPublicationService } from './rounds/round-publication.service.js';
import { RoundSolutionsRepository } from './rounds/round-solutions.repository.js';
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
import { StockForFamilies } from './policy/stock-for-families.js';
import { SolveController } from './solve.controller.js';
import { StandingDecisionsController } from './standing/standing-decisions.controller.js';
import { StandingDecisionsRepository } from './standing/standing-decisions.repository.js';
import { StandingDecisions } from './standing/standing-decisions.js';

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
    HeldDevices,
    LineDepartureHandler,
    LineExplanationService,
    OfferCalendarService,
    OfferEnding,
    OfferExpiryService,
    OfferExplanationService,
    OfferExplanationsRepository,
    OfferJudgement,
    OfferMaker,
    OfferMoves,
    OfferNotice,
    OfferSettingsReader,
    OffersInTimeRepository,
    OfferWithdrawal,
    OffersRepository,
    OffersService,
    PassedOver,
    PassedOverRepository,
    PickupsRepository,
    PickupsService,
    PickupSlotsRepository,
    PickupSlotsService,
    ReturnedDevicesRepository,
    PromisableAhead,
    ProposeAtOnceService,
    RoundEngine,
    RoundProposalsRepository,
    RoundPublicationRepository,
    RoundPublicationService,
    RoundSolutionsRepository,
    RoundSolvingService,
    RoundsRepository,
    RoundsService,
    ReviewListRepository,
    ReviewListService,
    StandingDecisions,
    StandingDecisionsRepository,
    StockForFamilies,
  ],
  exports: [HeldDevices, OfferNotice, PassedOver, PromisableAhead, StockForFamilies],
})
export class AllocationModule {}
