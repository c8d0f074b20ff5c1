import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersPage,
  Conflicts,
  Creates,
  Cursors,
  IdPath,
  IfMatch,
  Makes,
  type Page,
  PageQuery,
  Shows,
} from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { KitBody, KitChanges, KitView } from './dto/kit.dto.js';
import { KitsService } from './kits.service.js';

const LIST = 'kits';

@ApiTags('needs')
@Controller('api/v1/kits')
export class KitsController {
  constructor(
    private readonly kits: KitsService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List kits', 'Sets of devices that the council may lend together, in the order of their ids.')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(KitView)
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor }: PageQuery): Promise<Page<KitView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.kits.list(actor.councilId, {}, after as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], KitView.of);
  }

  @Get(':id')
  @About('Read a kit', 'What is in it, and what it costs.')
  @Shows('kit')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(KitView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<KitView> {
    return KitView.of(orProblem(await this.kits.get(actor.councilId, id)));
  }

  @Post()
  @About('Add a kit', 'Households’ needs are reckoned again with it.')
  @Makes('kit')
  @Rights('settings:write', 'council_manager')
  @Creates(KitView)
  @Conflicts('ALREADY_EXISTS')
  async create(@CurrentActor() actor: Actor, @Body() { name, components, costCents }: KitBody): Promise<KitView> {
    return KitView.of(orProblem(await this.kits.create(actor, { name, components, costCents })));
  }

  @Patch(':id')
  @About('Change a kit', 'Changes what is named and leaves the rest; needs are reckoned again.')
  @Rights('settings:write', 'council_manager')
  @Answers(KitView)
  @Conflicts('ALREADY_EXISTS')
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: KitChanges,
  ): Promise<KitView> {
    return KitView.of(orProblem(await this.kits.update(actor, id, expected, body)));
  }
}
