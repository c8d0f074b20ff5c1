import { Controller, Get, Header, Headers, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Clock, orProblem } from '../../../platform/index.js';
import { About, IdPath } from '../../../platform/http/index.js';
import { hasText, preferredLanguage } from '../../../shared/language.js';
import { preferredType } from '../../../shared/quality-values.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import type { SharingPlan } from '../domain/sharing-plan.js';
import { PlanQuery } from './dto/plan.query.js';
import { SharingPlanView } from './dto/plan.view.js';
import { HouseholdPlanService } from './household-plan.service.js';
import { planCalendar } from './plan-calendar.js';
import { PLAN_PAGE_POLICY } from './plan-page.style.js';
import { planPage } from './plan-page.js';

const FORMS = ['application/json', 'text/calendar', 'text/html'] as const;

@ApiTags('needs')
@Controller('api/v1/households/:id/plan')
export class HouseholdPlanController {
  constructor(
    private readonly plans: HouseholdPlanService,
    private readonly clock: Clock,
  ) {}

  /** Returns how the household can share what is at home now: as data, for a calendar, or as a page to print, by `Accept`. */
  @Get()
  @About(
    'Read a household’s sharing plan',
    'Who is on which device when, in a week at home: as data, as a calendar, or as a page to print, by the `Accept` header.',
  )
  @Rights('households:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @Header('Vary', 'Accept, Accept-Language')
  @Header('content-security-policy', PLAN_PAGE_POLICY)
  @ApiExtraModels(SharingPlanView)
  @ApiOkResponse({
    description: 'the week, as data (devices by id of the equipment or of the device on loan), as iCalendar, or as a page to be printed',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(SharingPlanView) } },
      'text/calendar': { schema: { type: 'string' } },
      'text/html': { schema: { type: 'string' } },
    },
  })
  async get(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Query() { from, until, language }: PlanQuery,
    @Headers('accept') accepted?: string,
    @Headers('accept-language') languages?: string,
  ): Promise<SharingPlan | StreamableFile> {
    const options = { from: from ?? null, until: until ?? null, language: language ?? preferredLanguage(languages, hasText) };
    const week = orProblem(await this.plans.find(actor, id, options));
    switch (preferredType(accepted, FORMS)) {
      case 'application/json':
        return week.plan;
      case 'text/calendar':
        return inUtf8(planCalendar(week, this.clock.now()), 'text/calendar', 'attachment; filename="plan.ics"');
      case 'text/html':
        return inUtf8(planPage(week), 'text/html');
    }
  }
}

function inUtf8(text: string, type: string, disposition?: string): StreamableFile {
  return new StreamableFile(Buffer.from(text, 'utf8'), { type: `${type}; charset=utf-8`, disposition });
}
