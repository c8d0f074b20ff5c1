import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, IfMatch } from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { AllocationPoliciesService } from './allocation-policies.service.js';
import { AllocationPolicyBody, AllocationPolicyView } from './dto/allocation-policy.dto.js';

@ApiTags('allocation')
@Controller('api/v1/allocation-policy')
export class AllocationPolicyController {
  constructor(private readonly policies: AllocationPoliciesService) {}

  @Get()
  @About(
    'Read the allocation policy',
    'How many devices no round may give away, and how long a line may wait before a person looks at it. Before the first PUT what was shipped holds, and the ETag is `"0"`.',
  )
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(AllocationPolicyView)
  async get(@CurrentActor() { councilId }: Actor): Promise<AllocationPolicyView> {
    return AllocationPolicyView.of(await this.policies.get(councilId));
  }

  @Put()
  @About('Replace the allocation policy', 'Writes the whole policy; rounds that are solved from now on keep to it.')
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
