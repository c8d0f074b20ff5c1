import { Module } from '@nestjs/common';
import { CouncilsModule } from '../councils/councils.module.js';
import { HouseholdsModule } from '../households/households.module.js';
import { HouseholdNeedController } from './computing/household-need.controller.js';
import { HouseholdPlanController } from './plans/household-plan.controller.js';
import { HouseholdPlanInputController } from './plans/household-plan-input.controller.js';
import { HouseholdPlanService } from './plans/household-plan.service.js';
import { KitsController } from './kits/kits.controller.js';
import { KitsService } from './kits/kits.service.js';
import { NeedOfAnswersService } from './computing/need-of-answers.service.js';
import { NeedService } from './computing/need.service.js';
import { NeedsEngine } from './computing/needs-engine.js';
import { NeedsJobs } from './needs.jobs.js';
import { NeedsRepository } from './computing/needs.repository.js';
import { PlanController } from './plans/plan.controller.js';
import { RecomputeNeedsService } from './computing/recompute-needs.service.js';
import { SchoolProfilesController } from './school-profiles/school-profiles.controller.js';
import { SchoolProfilesService } from './school-profiles/school-profiles.service.js';
import { VisitorPlanService } from './visitors/visitor-plan.service.js';
import { StoredNeedsService } from './computing/stored-needs.service.js';

@Module({
  imports: [CouncilsModule, HouseholdsModule],
  controllers: [
    PlanController,
    HouseholdNeedController,
    HouseholdPlanController,
    HouseholdPlanInputController,
    KitsController,
    SchoolProfilesController,
  ],
  providers: [
    NeedsRepository,
    NeedsEngine,
    NeedOfAnswersService,
    NeedService,
    HouseholdPlanService,
    RecomputeNeedsService,
    NeedsJobs,
    KitsService,
    SchoolProfilesService,
    StoredNeedsService,
    VisitorPlanService,
  ],
  exports: [HouseholdPlanService, NeedOfAnswersService, StoredNeedsService, VisitorPlanService],
})
export class NeedsModule {}
