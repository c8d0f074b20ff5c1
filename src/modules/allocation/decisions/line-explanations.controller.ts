import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { hasText, preferredLanguage } from '../../../shared/language.js';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, IdPath } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { ExplanationQuery } from '../../requests/http.js';
import { LineExplanationView } from './dto/line-explanation.dto.js';
import { LineExplanationService } from './line-explanation.service.js';

/** This controller is here and not in the module requests, because an explanation also tells what was decided about stock. */
@ApiTags('requests')
@Controller('api/v1/request-lines/:id/explanation')
export class LineExplanationsController {
  constructor(private readonly explanations: LineExplanationService) {}

  @Get()
  @About(
    'Explain a request line',
    'What its points come from, where it stands in the queue, what the last round came to and what people decided past it: as data, and as sentences in the language of the family.',
  )
  @Rights('requests:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @Answers(LineExplanationView, 'of a submitted line, complete enough to reckon it again by hand')
  async get(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Query() { language }: ExplanationQuery,
    @Headers('accept-language') accepted?: string,
  ): Promise<LineExplanationView> {
    const asked = language ?? preferredLanguage(accepted, hasText);
    return LineExplanationView.of(orProblem(await this.explanations.explain(actor, id, asked)));
  }
}
