import { Module } from '@nestjs/common';
import { CouncilsController } from './councils.controller.js';
import { CouncilsRepository } from './councils.repository.js';
import { CouncilsService } from './councils.service.js';
import { FundsController } from './funds.controller.js';
import { FundsService } from './funds.service.js';
import { LoanPoliciesController } from './loan-policies.controller.js';
import { LoanPoliciesRepository } from './loan-policies.repository.js';
import { LoanPoliciesService } from './loan-policies.service.js';
import { SchoolsController } from './schools.controller.js';
import { SchoolsService } from './schools.service.js';
import { SitesController } from './sites.controller.js';
import { SitesService } from './sites.service.js';

@Module({
  controllers: [CouncilsController, SchoolsController, SitesController, FundsController, LoanPoliciesController],
  providers: [CouncilsRepository, CouncilsService, SchoolsService, SitesService, FundsService, LoanPoliciesRepository, LoanPoliciesService],
  exports: [CouncilsRepository, CouncilsService, LoanPoliciesRepository, SchoolsService],
})
export class CouncilsModule {}
