import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersPage,
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
import type { Actor } from '../access/actor.js';
import { CurrentActor, Rights } from '../access/declared-rights.js';
import { FundBody, FundChanges, FundView } from './dto/fund.dto.js';
import { FundsService } from './funds.service.js';

const LIST = 'funds';

@ApiTags('funds')
@Controller('api/v1/funds')
export class FundsController {
  constructor(
    private readonly funds: FundsService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List funds', 'Who pays for devices, in the order of their ids.')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(FundView)
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor }: PageQuery): Promise<Page<FundView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.funds.list(actor.councilId, {}, after as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], FundView.of);
  }

  @Get(':id')
  @About('Read a fund', 'Who pays, which learners may have its devices, and its budget.')
  @Shows('fund')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(FundView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<FundView> {
    return FundView.of(orProblem(await this.funds.get(actor.councilId, id)));
  }

  @Post()
  @About('Add a fund', 'Devices that name it go only to the learners whom it admits.')
  @Makes('fund')
  @Rights('settings:write', 'council_manager')
  @Creates(FundView)
  async create(@CurrentActor() actor: Actor, @Body() body: FundBody): Promise<FundView> {
    const { name, funder, eligibleLevels = null, eligibleSchoolIds = null, startsOn = null, endsOn = null, budgetCents = null } = body;
    const values = { name, funder, eligibleLevels, eligibleSchoolIds, startsOn, endsOn, budgetCents };
    return FundView.of(orProblem(await this.funds.create(actor, values)));
  }

  @Patch(':id')
  @About('Change a fund', 'Changes what is named and leaves the rest.')
  @Rights('settings:write', 'council_manager')
  @Answers(FundView)
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: FundChanges,
  ): Promise<FundView> {
    return FundView.of(orProblem(await this.funds.update(actor, id, expected, body)));
  }
}
