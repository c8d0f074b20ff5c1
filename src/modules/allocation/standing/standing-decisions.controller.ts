import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersPage,
  Changes,
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
import { REVOCATION_REFUSALS } from '../domain/standing-decision.rules.js';
import { RevocationBody, StandingDecisionBody, StandingDecisionView } from './dto/standing-decision.dto.js';
import { StandingDecisionsService } from './standing-decisions.service.js';

const LIST = 'standing-decisions in order';

@ApiTags('allocation')
@Controller('api/v1/standing-decisions')
export class StandingDecisionsController {
  constructor(
    private readonly decisions: StandingDecisionsService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About(
    'List standing decisions',
    'Under which returned devices are proposed and offered at once, without a person asking each time; the oldest first.',
  )
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor')
  @AnswersPage(StandingDecisionView)
  async list(@CurrentActor() { councilId }: Actor, @Query() { limit, cursor }: PageQuery): Promise<Page<StandingDecisionView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.decisions.list(councilId, after as number | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ ordinal }) => [ordinal], StandingDecisionView.of);
  }

  @Get(':id')
  @About('Read a standing decision', 'Who decided what, for which stock, from when until when.')
  @Shows('standing_decision')
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor')
  @Answers(StandingDecisionView)
  async get(@CurrentActor() { councilId }: Actor, @Param() { id }: IdPath): Promise<StandingDecisionView> {
    return StandingDecisionView.of(orProblem(await this.decisions.find(councilId, id)));
  }

  @Post()
  @About(
    'Make a standing decision',
    'From its first day on, rounds of a single returned device that it covers are published without asking.',
  )
  @Makes('standing_decision')
  @Rights('allocation:write', 'council_manager')
  @Creates(StandingDecisionView)
  async decide(@CurrentActor() actor: Actor, @Body() body: StandingDecisionBody): Promise<StandingDecisionView> {
    return StandingDecisionView.of(orProblem(await this.decisions.decide(actor, StandingDecisionBody.toDecision(body))));
  }

  @Post(':id/revocation')
  @About('Revoke a standing decision', 'Nothing more is published under it. What was offered stays offered.')
  @Changes('standing_decision')
  @Rights('allocation:write', 'council_manager')
  @Answers(StandingDecisionView, 'revoked: nothing more is published under it')
  @Refuses(REVOCATION_REFUSALS)
  async revoke(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() { reason }: RevocationBody): Promise<StandingDecisionView> {
    return StandingDecisionView.of(orProblem(await this.decisions.revoke(actor, id, reason)));
  }
}
