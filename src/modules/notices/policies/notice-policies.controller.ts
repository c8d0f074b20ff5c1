import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, IfMatch } from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { NoticePolicyBody, NoticePolicyView } from './dto/notice-policy.dto.js';
import { NoticePoliciesService } from './notice-policies.service.js';

@ApiTags('notices')
@Controller('api/v1/notice-policies')
export class NoticePoliciesController {
  constructor(private readonly policies: NoticePoliciesService) {}

  @Get()
  @About(
    'Read the notice policy',
    'Who is told of what, when, how often and by which channels. Before the first PUT what was shipped holds, and the ETag is `"0"`.',
  )
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(NoticePolicyView)
  async get(@CurrentActor() actor: Actor): Promise<NoticePolicyView> {
    return NoticePolicyView.of(await this.policies.get(actor.councilId));
  }

  @Put()
  @About('Replace the notice policy', 'Writes the whole policy; what is planned is planned again.')
  @Rights('settings:write', 'council_manager')
  @Answers(NoticePolicyView)
  async replace(
    @CurrentActor() actor: Actor,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: NoticePolicyBody,
  ): Promise<NoticePolicyView> {
    return NoticePolicyView.of(orProblem(await this.policies.replace(actor, expected, NoticePolicyBody.toPolicy(body))));
  }
}
