import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Problem } from '../../../platform/index.js';
import { About, Answers, HasNoEffect } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import type { SharingPlan } from '../domain/sharing-plan.js';
import { PlanBody } from './dto/plan.body.js';
import { SharingPlanView } from './dto/plan.view.js';
import { NeedsEngine } from '../computing/needs-engine.js';

@ApiTags('needs')
@Controller('api/v1/needs')
export class PlanController {
  constructor(private readonly engine: NeedsEngine) {}

  /** Returns the sharing plan of a household that has no file here; nothing is stored. */
  @Post('plan')
  @About('Plan for a household of your own', 'Runs the engine on the household in the body. Nothing is read from the council or stored.')
  @HasNoEffect()
  @Rights('households:read', 'council_manager', 'school_administrator', 'auditor')
  @Answers(SharingPlanView, 'how the household can share what it has')
  async plan(@CurrentActor() { id: caller }: Actor, @Body() body: PlanBody): Promise<SharingPlan> {
    const plan = await this.engine.planOf(body, caller);
    if (!plan.ok) throw Problem.invalid(plan.reason);
    return plan.value;
  }
}
