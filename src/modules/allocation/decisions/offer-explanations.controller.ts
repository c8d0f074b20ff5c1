import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { hasText, preferredLanguage } from '../../../shared/language.js';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, IdPath } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { ExplanationQuery } from '../../requests/http.js';
import { OfferExplanationView } from './dto/offer-explanation.dto.js';
import { OfferExplanationService } from './offer-explanation.service.js';

@ApiTags('offers')
@Controller('api/v1/offers/:id/explanation')
export class OfferExplanationsController {
  constructor(private readonly explanations: OfferExplanationService) {}

  @Get()
  @About(
    'Explain an offer',
    'The score that the line had when the offer was decided on, criterion by criterion. It stays as it was, whatever has changed since.',
  )
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @Answers(OfferExplanationView, 'with what the score of its line was made from, as it was kept when the offer was decided on')
  async get(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Query() { language }: ExplanationQuery,
    @Headers('accept-language') accepted?: string,
  ): Promise<OfferExplanationView> {
    const asked = language ?? preferredLanguage(accepted, hasText);
    return OfferExplanationView.of(orProblem(await this.explanations.explain(actor, id, asked)));
  }
}
