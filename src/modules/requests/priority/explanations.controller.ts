import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, IdPath, orProblem } from '../../../platform/index.js';
import { preferredLanguage } from '../../../shared/language.js';
import { type Actor, CurrentActor, Rights } from '../../councils/index.js';
import { ExplanationQuery, ExplanationView } from './dto/explanation.dto.js';
import { ExplanationService } from './explanation.service.js';
import { hasText } from '../domain/criteria.texts.js';

@ApiTags('requests')
@Controller('api/v1/request-lines/:id/explanation')
export class ExplanationsController {
  constructor(private readonly explanations: ExplanationService) {}

  @Get()
  @Rights('requests:read', 'council_manager', 'school_administrator', 'auditor')
  @Answers(ExplanationView, 'of a submitted line, complete enough to reckon it again by hand')
  async get(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Query() { language }: ExplanationQuery,
    @Headers('accept-language') accepted?: string,
  ): Promise<ExplanationView> {
    return ExplanationView.of(orProblem(await this.explanations.explain(actor, id, language ?? preferredLanguage(accepted, hasText))));
  }
}
