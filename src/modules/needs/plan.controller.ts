import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, HasNoEffect, Problem } from '../../platform/index.js';
import { Rights } from '../councils/index.js';
import { type SharingPlan, sharingPlan } from './domain/sharing-plan.js';
import { PlanBody } from './dto/plan.body.js';
import { SharingPlanView } from './dto/plan.view.js';
import { planInputOf } from './plan-input.js';

@ApiTags('needs')
@Controller('api/v1/needs')
export class PlanController {
  /** The sharing plan of a household that is no file here: nothing is stored. */
  @Post('plan')
  @HasNoEffect()
  @Rights('households:read', 'council_manager', 'school_administrator', 'auditor')
  @Answers(SharingPlanView, 'how the household can share what it has')
  plan(@Body() body: PlanBody): SharingPlan {
    const input = planInputOf(body);
    if (!input.ok) throw Problem.invalid(input.reason);
    return sharingPlan(input.value);
  }
}
