import { Module } from '@nestjs/common';
import { CouncilsModule } from '../councils/index.js';
import { PossibleDuplicatesRepository } from './possible-duplicates.repository.js';
import { PossibleDuplicatesService } from './possible-duplicates.service.js';
import { ChangeHouseholdService } from './change-household.service.js';
import { DeparturesService } from './departures.service.js';
import { EditHouseholdService } from './edit-household.service.js';
import { FindHouseholdsService } from './find-households.service.js';
import { HouseholdCardsService } from './household-cards.service.js';
import { HouseholdsController } from './households.controller.js';
import { HouseholdsRepository } from './households.repository.js';
import { LearnersController } from './learners.controller.js';
import { LearnersService } from './learners.service.js';
import { PossibleDuplicatesController } from './possible-duplicates.controller.js';
import { RegisterHouseholdService } from './register-household.service.js';
import { SchoolReferenceChecker } from './school-reference-checker.js';
import { VerifyFactsService } from './verify-facts.service.js';

@Module({
  imports: [CouncilsModule],
  controllers: [HouseholdsController, LearnersController, PossibleDuplicatesController],
  providers: [
    PossibleDuplicatesRepository,
    PossibleDuplicatesService,
    HouseholdCardsService,
    HouseholdsRepository,
    SchoolReferenceChecker,
    DeparturesService,
    EditHouseholdService,
    ChangeHouseholdService,
    FindHouseholdsService,
    LearnersService,
    RegisterHouseholdService,
    VerifyFactsService,
  ],
  exports: [
    DeparturesService,
    HouseholdCardsService,
    HouseholdsRepository,
    FindHouseholdsService,
    RegisterHouseholdService,
    ChangeHouseholdService,
  ],
})
export class HouseholdsModule {}
