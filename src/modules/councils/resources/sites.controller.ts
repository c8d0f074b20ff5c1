import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, AnswersPage, Creates, Cursors, IdPath, IfMatch, Makes, type Page, Shows } from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../access/actor.js';
import { CurrentActor, Rights } from '../access/declared-rights.js';
import { addressOf, openingHoursOf, wayOf, SiteBody, SiteChanges, SitesQuery, SiteView } from './dto/site.dto.js';
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
  @About('List sites', 'Where devices are kept, handed over and returned, in the order of their ids.')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(SiteView)
  async list(@CurrentActor() actor: Actor, @Query() { schoolId, limit, cursor }: SitesQuery): Promise<Page<SiteView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.sites.list(actor.councilId, { schoolId }, after as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], SiteView.of);
  }

  @Get(':id')
  @About('Read a site', 'Its address, its opening hours and the schools that it serves.')
  @Shows('site')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(SiteView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<SiteView> {
    return SiteView.of(orProblem(await this.sites.get(actor.councilId, id)));
  }

  @Post()
  @About('Add a site', 'A place where devices are kept, handed over and returned.')
  @Makes('site')
  @Rights('settings:write', 'council_manager')
  @Creates(SiteView)
  async create(@CurrentActor() actor: Actor, @Body() body: SiteBody): Promise<SiteView> {
    const { name, schoolId = null, address, openingHours, phone = null, directions, servedSchoolIds = null } = body;
    const week = openingHours ? openingHoursOf(openingHours) : null;
    const way = directions ? wayOf(directions) : null;
    const values = { name, schoolId, address: addressOf(address), openingHours: week, phone, directions: way, servedSchoolIds };
    return SiteView.of(orProblem(await this.sites.create(actor, values)));
  }

  @Patch(':id')
  @About('Change a site', 'Changes what is named and leaves the rest.')
  @Rights('settings:write', 'council_manager')
  @Answers(SiteView)
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() { address, openingHours, directions, ...body }: SiteChanges,
  ): Promise<SiteView> {
    const changes = {
      ...body,
      ...(address && { address: addressOf(address) }),
      ...(openingHours !== undefined && { openingHours: openingHours && openingHoursOf(openingHours) }),
      ...(directions !== undefined && { directions: directions && wayOf(directions) }),
    };
    return SiteView.of(orProblem(await this.sites.update(actor, id, expected, changes)));
  }
}
