import { Module } from '@nestjs/common';
import { CouncilsModule } from '../councils/index.js';
import { AlikeRepository } from './alike.repository.js';
import { AlikeService } from './alike.service.js';
import { ChangeHouseholdService } from './change-household.service.js';
import { Departures } from './departures.js';
import { EditHouseholdService } from './edit-household.service.js';
import { FindHouseholdsService } from './find-households.service.js';
import { HouseholdCards } from './household-cards.js';
import { HouseholdsController } from './households.controller.js';
import { HouseholdsRepository } from './households.repository.js';
import { LearnersController } from './learners.controller.js';
import { LearnersService } from './learners.service.js';
import { PossibleDuplicatesController } from './possible-duplicates.controller.js';
import { RegisterHouseholdService } from './register-household.service.js';
import { SchoolCheck } from './school-check.js';
import { VerifyFactsService } from './verify-facts.service.js';

@Module({
  imports: [CouncilsModule],
  controllers: [HouseholdsController, LearnersController, PossibleDuplicatesController],
  providers: [
    AlikeRepository,
    AlikeService,
    HouseholdCards,
    HouseholdsRepository,
    SchoolCheck,
    Departures,
    EditHouseholdService,
    ChangeHouseholdService,
    FindHouseholdsService,
    LearnersService,
    RegisterHouseholdService,
    VerifyFactsService,
  ],
  exports: [Departures, HouseholdCards, HouseholdsRepository, FindHouseholdsService, RegisterHouseholdService, ChangeHouseholdService],
})
export class HouseholdsModule {}
