import { Module } from '@nestjs/common';
import { CouncilsModule } from '../councils/index.js';
import { HouseholdsModule } from '../households/index.js';
import { HouseholdNeedController } from './household-need.controller.js';
import { HouseholdPlanController } from './household-plan.controller.js';
import { HouseholdPlanService } from './household-plan.service.js';
import { KitsController } from './kits.controller.js';
import { KitsService } from './kits.service.js';
import { NeedService } from './need.service.js';
import { NeedsEngine } from './needs-engine.js';
import { NeedsJobs } from './needs.jobs.js';
import { NeedsRepository } from './needs.repository.js';
import { PlanController } from './plan.controller.js';
import { RecomputeNeedsService } from './recompute-needs.service.js';
import { SchoolProfilesController } from './school-profiles.controller.js';
import { SchoolProfilesService } from './school-profiles.service.js';
import { StoredNeedsService } from './stored-needs.service.js';

@Module({
  imports: [CouncilsModule, HouseholdsModule],
  controllers: [PlanController, HouseholdNeedController, HouseholdPlanController, KitsController, SchoolProfilesController],
  providers: [
    NeedsRepository,
    NeedsEngine,
    NeedService,
    HouseholdPlanService,
    RecomputeNeedsService,
    NeedsJobs,
    KitsService,
    SchoolProfilesService,
    StoredNeedsService,
  ],
  exports: [StoredNeedsService],
})
export class NeedsModule {}
