import { Module } from '@nestjs/common';
import { CouncilsModule } from '../councils/councils.module.js';
import { HouseholdsModule } from '../households/households.module.js';
import { HouseholdSitesController } from './sites/household-sites.controller.js';
import { HouseholdSitesRepository } from './sites/household-sites.repository.js';
import { HouseholdSitesService } from './sites/household-sites.service.js';
import { HelpTextsController } from './texts/help-texts.controller.js';
import { HelpTextsRepository } from './texts/help-texts.repository.js';
import { HelpTextsService } from './texts/help-texts.service.js';
import { TrainingBookingsController } from './training/training-bookings.controller.js';
import { TrainingBookingsRepository } from './training/training-bookings.repository.js';
import { TrainingBookingsService } from './training/training-bookings.service.js';
import { TrainingSessionsController } from './training/training-sessions.controller.js';
import { TrainingSessionsRepository } from './training/training-sessions.repository.js';
import { TrainingSessionsService } from './training/training-sessions.service.js';

@Module({
  imports: [CouncilsModule, HouseholdsModule],
  controllers: [HelpTextsController, TrainingSessionsController, TrainingBookingsController, HouseholdSitesController],
  providers: [
    HelpTextsRepository,
    HelpTextsService,
    TrainingSessionsRepository,
    TrainingSessionsService,
    TrainingBookingsRepository,
    TrainingBookingsService,
    HouseholdSitesRepository,
    HouseholdSitesService,
  ],
  exports: [HelpTextsService, TrainingSessionsService],
})
export class HelpModule {}
