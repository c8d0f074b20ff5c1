import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, AnswersPage, Creates, Cursors, IdPath, IfMatch, Makes, orProblem, type Page, Shows } from '../../../platform/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../access/actor.js';
import { CurrentActor, Rights } from '../access/rights.js';
import { addressOf, openingHoursOf, SiteBody, SiteChanges, SitesQuery, SiteView } from './dto/site.dto.js';
import { SitesService } from './sites.service.js';

const LIST = 'sites';

@ApiTags('sites')
@Controller('api/v1/sites')
export class SitesController {
  constructor(
    private readonly sites: SitesService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(SiteView)
  async list(@CurrentActor() actor: Actor, @Query() { schoolId, limit, cursor }: SitesQuery): Promise<Page<SiteView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.sites.list(actor.councilId, { schoolId }, after as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], SiteView.of);
  }

  @Get(':id')
  @Shows('site')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(SiteView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<SiteView> {
    return SiteView.of(orProblem(await this.sites.get(actor.councilId, id)));
  }

  @Post()
  @Makes('site')
  @Rights('settings:write', 'council_manager')
  @Creates(SiteView)
  async create(@CurrentActor() actor: Actor, @Body() body: SiteBody): Promise<SiteView> {
    const { name, schoolId = null, address, openingHours, servedSchoolIds = null } = body;
    const week = openingHours ? openingHoursOf(openingHours) : null;
    const values = { name, schoolId, address: addressOf(address), openingHours: week, servedSchoolIds };
    return SiteView.of(orProblem(await this.sites.create(actor, values)));
  }

  @Patch(':id')
  @Rights('settings:write', 'council_manager')
  @Answers(SiteView)
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() { address, openingHours, ...body }: SiteChanges,
  ): Promise<SiteView> {
    const changes = {
      ...body,
      ...(address && { address: addressOf(address) }),
      ...(openingHours !== undefined && { openingHours: openingHours && openingHoursOf(openingHours) }),
    };
    return SiteView.of(orProblem(await this.sites.update(actor, id, expected, changes)));
  }
}
