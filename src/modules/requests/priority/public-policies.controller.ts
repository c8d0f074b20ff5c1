import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { hasText, preferredLanguage } from '../../../shared/language.js';
import { orProblem } from '../../../platform/index.js';
import { About, AnswersOrShows, Public, showPage } from '../../../platform/http/index.js';
import { prefersPage } from '../../../shared/quality-values.js';
import { CouncilCodePath, PublicPoliciesView } from './dto/priority-policy.dto.js';
import { policiesPage } from './policies.page.js';
import { PriorityPoliciesService } from './priority-policies.service.js';

/** Shows to anybody how a council orders its queues, where the council publishes it. */
@ApiTags('priority')
@Controller('api/v1/public/:councilCode/priority-policies')
export class PublicPoliciesController {
  constructor(private readonly policies: PriorityPoliciesService) {}

  @Get()
  @About('Read the public scale of points', 'How requests are ranked: as data, or as a page for people, where the council publishes it.')
  @Public()
  @AnswersOrShows(PublicPoliciesView)
  async get(
    @Param() { councilCode }: CouncilCodePath,
    @Headers('accept') accept: string | undefined,
    @Headers('accept-language') language: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PublicPoliciesView | string> {
    const found = orProblem(await this.policies.forPublic(councilCode));
    if (!prefersPage(accept)) return PublicPoliciesView.of(found);
    return showPage(reply, policiesPage(found, preferredLanguage(language, hasText) ?? found.council.locale));
  }
}
