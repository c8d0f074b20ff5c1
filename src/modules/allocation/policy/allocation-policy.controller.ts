import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, IfMatch, orProblem } from '../../../platform/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import { type Actor, CurrentActor, Rights } from '../../councils/index.js';
import { AllocationPoliciesService } from './allocation-policies.service.js';
import { AllocationPolicyBody, AllocationPolicyView } from './dto/allocation-policy.dto.js';

@ApiTags('allocation')
@Controller('api/v1/allocation-policy')
export class AllocationPolicyController {
  constructor(private readonly policies: AllocationPoliciesService) {}

  @Get()
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(AllocationPolicyView)
  async get(@CurrentActor() { councilId }: Actor): Promise<AllocationPolicyView> {
    return AllocationPolicyView.of(await this.policies.get(councilId));
  }

  @Put()
  @Rights('settings:write', 'council_manager')
  @Answers(AllocationPolicyView)
  async replace(
    @CurrentActor() actor: Actor,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: AllocationPolicyBody,
  ): Promise<AllocationPolicyView> {
    return AllocationPolicyView.of(orProblem(await this.policies.replace(actor, expected, AllocationPolicyBody.toPolicy(body))));
  }
}
