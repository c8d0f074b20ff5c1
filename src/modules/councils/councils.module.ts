import { Module } from '@nestjs/common';
import { CouncilsController } from './council/councils.controller.js';
import { CouncilsRepository } from './council/councils.repository.js';
import { CouncilsService } from './council/councils.service.js';
import { FundsController } from './resources/funds.controller.js';
import { FundsService } from './resources/funds.service.js';
import { LoanPoliciesController } from './loan-policies/loan-policies.controller.js';
import { LoanPoliciesRepository } from './loan-policies/loan-policies.repository.js';
import { LoanPoliciesService } from './loan-policies/loan-policies.service.js';
import { PickupSitesRepository } from './resources/pickup-sites.repository.js';
import { PickupSitesService } from './resources/pickup-sites.service.js';
import { SchoolFinderRepository } from './resources/school-finder.repository.js';
import { SchoolFinderService } from './resources/school-finder.service.js';
import { SchoolsController } from './resources/schools.controller.js';
import { SchoolsService } from './resources/schools.service.js';
import { SitesController } from './resources/sites.controller.js';
import { SitesService } from './resources/sites.service.js';

@Module({
  controllers: [CouncilsController, SchoolsController, SitesController, FundsController, LoanPoliciesController],
  providers: [
    CouncilsRepository,
    CouncilsService,
    PickupSitesRepository,
    PickupSitesService,
    SchoolFinderRepository,
    SchoolFinderService,
    SchoolsService,
    SitesService,
    FundsService,
    LoanPoliciesRepository,
    LoanPoliciesService,
  ],
  exports: [
    CouncilsRepository,
    CouncilsService,
    LoanPoliciesRepository,
    PickupSitesService,
    SchoolFinderService,
    SchoolsService,
    SitesService,
  ],
})
export class CouncilsModule {}
