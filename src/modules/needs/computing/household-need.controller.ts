import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, IdPath } from '../../../platform/http/index.js';
import { hasText, preferredLanguage } from '../../../shared/language.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { NeedQuery, NeedView } from './dto/need.dto.js';
import { NeedService } from './need.service.js';

@ApiTags('needs')
@Controller('api/v1/households/:id/need')
export class HouseholdNeedController {
  constructor(private readonly needs: NeedService) {}

  @Get()
  @About(
    'Read what a household needs',
    'How much school work its own devices leave undone, what each kit of the catalogue would change, and which one is recommended.',
  )
  @Rights('households:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @Answers(NeedView, 'of its present inputs')
  async get(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Query() { language }: NeedQuery,
    @Headers('accept-language') accepted?: string,
  ): Promise<NeedView> {
    return NeedView.of(orProblem(await this.needs.find(actor, id, language ?? preferredLanguage(accepted, hasText))));
  }
}
