import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, IdPath } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import type { PlanInput } from '../domain/plan-input.js';
import { PlanInputView } from './dto/plan-input.view.js';
import { HouseholdPlanService } from './household-plan.service.js';

@ApiTags('needs')
@Controller('api/v1/households/:id/plan-input')
export class HouseholdPlanInputController {
  constructor(private readonly plans: HouseholdPlanService) {}

  /** Answers the input of the household's sharing plan. `needs:plan` makes the same plan from it, so that anyone can check the plan. */
  @Get()
  @About(
    'Read what a household’s sharing plan is made from',
    'Its learners, devices and connection, by their ids alone. The command `needs:plan` takes it as it is, and so does `POST /needs/plan` where there are no more than 20 devices.',
  )
  @Rights('households:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @Answers(PlanInputView, 'of what is at home now; it names learners and devices by their ids alone')
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<PlanInput> {
    return orProblem(await this.plans.input(actor, id));
  }
}
