import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersPage,
  Changes,
  Conflicts,
  Creates,
  Cursors,
  IdPath,
  Makes,
  type Page,
  PageQuery,
  Refuses,
  Shows,
} from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { CycleBody, CycleView, OpeningBody } from './dto/cycle.dto.js';
import { ANNOUNCEMENT_REFUSALS, LotteryService } from './lottery.service.js';

const LIST = 'cycles';

@ApiTags('priority')
@Controller('api/v1/cycles')
export class CyclesController {
  constructor(
    private readonly lottery: LotteryService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List lottery cycles', 'The latest first.')
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor')
  @AnswersPage(CycleView)
  async list(@CurrentActor() { councilId }: Actor, @Query() { limit, cursor }: PageQuery): Promise<Page<CycleView>> {
    const [before] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.lottery.list(councilId, before as number | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ number }) => [number], CycleView.of);
  }

  @Get(':id')
  @About('Read a lottery cycle', 'With what is published of it so far.')
  @Shows('cycle')
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor')
  @Answers(CycleView)
  async get(@CurrentActor() { councilId }: Actor, @Param() { id }: IdPath): Promise<CycleView> {
    return CycleView.of(orProblem(await this.lottery.find(councilId, id)));
  }

  @Post()
  @About(
    'Announce a lottery cycle',
    'Draws a seed, publishes its hash, and names the public value that will fix the tickets together with it.',
  )
  @Makes('cycle')
  @Rights('allocation:write', 'council_manager')
  @Creates(CycleView, 'announced: its seed is drawn and committed to')
  @Refuses(ANNOUNCEMENT_REFUSALS)
  async announce(@CurrentActor() actor: Actor, @Body() { publicValueName, reason = null }: CycleBody): Promise<CycleView> {
    return CycleView.of(orProblem(await this.lottery.announce(actor, publicValueName, reason)));
  }

  @Post(':id/opening')
  @About('Open a lottery cycle', 'With the public value, once it is known: every ticket is made anew.')
  @Changes('cycle')
  @Rights('allocation:write', 'council_manager')
  @Answers(CycleView, 'open: every ticket is made from its seed and the public value')
  @Conflicts('INVALID_MOVE')
  async open(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() { publicValue }: OpeningBody): Promise<CycleView> {
    return CycleView.of(orProblem(await this.lottery.open(actor, id, publicValue)));
  }

  @Post(':id/closing')
  @About('Close a lottery cycle', 'Publishes its seed, so that anybody can check every ticket.')
  @Changes('cycle')
  @Rights('allocation:write', 'council_manager')
  @Answers(CycleView, 'closed: its seed is published')
  @Conflicts('INVALID_MOVE')
  async close(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<CycleView> {
    return CycleView.of(orProblem(await this.lottery.close(actor, id)));
  }
}
