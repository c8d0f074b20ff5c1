import { Module } from '@nestjs/common';
import { CouncilsModule } from '../councils/councils.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { PossibleDuplicatesRepository } from './duplicates/possible-duplicates.repository.js';
import { PossibleDuplicatesService } from './duplicates/possible-duplicates.service.js';
import { ChangeHouseholdService } from './files/change-household.service.js';
import { DeparturesService } from './learners/departures.service.js';
import { EditHouseholdService } from './files/edit-household.service.js';
import { FindHouseholdsService } from './files/find-households.service.js';
import { HouseholdCardsService } from './files/household-cards.service.js';
import { HouseholdsController } from './files/households.controller.js';
import { HouseholdsRepository } from './files/households.repository.js';
import { LearnersController } from './learners/learners.controller.js';
import { LearnersService } from './learners/learners.service.js';
import { PossibleDuplicatesController } from './duplicates/possible-duplicates.controller.js';
import { RegisterHouseholdService } from './files/register-household.service.js';
import { FamilySessionsController } from './sessions/family-sessions.controller.js';
import { FamilySessionsService } from './sessions/family-sessions.service.js';
import { HelpersController } from './helpers/helpers.controller.js';
import { HelpersService } from './helpers/helpers.service.js';
import { SchoolReferenceChecker } from './files/school-reference-checker.js';
import { SharedFilesService } from './files/shared-files.service.js';
import { VerifyFactsService } from './files/verify-facts.service.js';

@Module({
  imports: [CouncilsModule, IdentityModule],
  controllers: [FamilySessionsController, HelpersController, HouseholdsController, LearnersController, PossibleDuplicatesController],
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
    FamilySessionsService,
    HelpersService,
    LearnersService,
    RegisterHouseholdService,
    SharedFilesService,
    VerifyFactsService,
  ],
  exports: [
    DeparturesService,
    EditHouseholdService,
    HouseholdCardsService,
    HouseholdsRepository,
    FamilySessionsService,
    FindHouseholdsService,
    RegisterHouseholdService,
    ChangeHouseholdService,
    SharedFilesService,
  ],
})
export class HouseholdsModule {}
