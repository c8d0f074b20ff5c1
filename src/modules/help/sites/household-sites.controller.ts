import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, AnswersPage, Cursors, IdPath, type Page, PageQuery } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { HouseholdSiteView } from './dto/household-site.dto.js';
import { HouseholdSitesService } from './household-sites.service.js';

const LIST = 'household-sites';

@ApiTags('households')
@Controller('api/v1/households/:id/sites')
export class HouseholdSitesController {
  constructor(
    private readonly sites: HouseholdSitesService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About(
    'List the sites of a household',
    'Where something is held for the household, where it brings back what it has, and where it wants to collect: the way there, when it is open, and the number to call.',
  )
  @Rights('households:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @AnswersPage(HouseholdSiteView)
  async list(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<HouseholdSiteView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = orProblem(await this.sites.list(actor, id, after as string | null, limit));
    return this.cursors.page(LIST, rows, limit, (site) => [site.id], HouseholdSiteView.of);
  }
}
