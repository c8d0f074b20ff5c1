import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock, orProblem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersPage,
  Changes,
  Conflicts,
  Creates,
  Cursors,
  IdPath,
  IfMatch,
  Makes,
  type Page,
  Refuses,
  Shows,
} from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { IncidentClosureService } from './incident-closure.service.js';
import { EXCHANGE_REFUSALS } from '../domain/exchange.rules.js';
import { CLOSURE_REFUSALS, INCIDENT_REFUSALS } from '../domain/incident.rules.js';
import { ClosureBody, ExchangeBody, IncidentBody, IncidentChanges, IncidentsQuery, IncidentView } from './dto/incident.dto.js';
import { LoanView } from '../list/dto/loan.dto.js';
import { ExchangeService } from '../returns/exchange.service.js';
import { IncidentService } from './incident.service.js';

const LIST = 'incidents in order';

@ApiTags('incidents')
@Controller('api/v1')
export class IncidentsController {
  constructor(
    private readonly incidents: IncidentService,
    private readonly closures: IncidentClosureService,
    private readonly exchanges: ExchangeService,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  @Post('loans/:id/incidents')
  @About(
    'Report an incident',
    'That an item was lost, stolen or broken, or that the family says it is back already. Loss and theft settle the item at once.',
  )
  @Makes('incident')
  @Rights('loans:write', 'council_manager', 'school_administrator', 'desk_agent', 'family')
  @Creates(IncidentView, 'reported')
  @Refuses(INCIDENT_REFUSALS)
  @Conflicts('INVALID_MOVE')
  async report(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Body() { policeReportReference = null, ...report }: IncidentBody,
  ): Promise<IncidentView> {
    return IncidentView.of(orProblem(await this.incidents.report(actor, id, { ...report, policeReportReference })));
  }

  @Post('loans/:id/exchanges')
  @About('Exchange a broken device', 'Takes one device back and hands out another of the same class on the same loan, in one step.')
  @Changes('loan')
  @Rights('loans:write', 'council_manager', 'school_administrator', 'desk_agent')
  @Answers(LoanView)
  @Refuses(EXCHANGE_REFUSALS)
  @Conflicts('INVALID_MOVE')
  async exchange(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() body: ExchangeBody): Promise<LoanView> {
    return LoanView.of(orProblem(await this.exchanges.exchange(actor, id, body)), this.clock.now());
  }

  @Get('incidents')
  @About('List incidents', 'The oldest first.')
  @Rights('loans:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(IncidentView)
  async list(@CurrentActor() actor: Actor, @Query() query: IncidentsQuery): Promise<Page<IncidentView>> {
    const [after] = this.cursors.after(LIST, query.cursor) ?? [null];
    const rows = await this.incidents.list(actor, IncidentsQuery.toFilter(query), after as number | null, query.limit);
    return this.cursors.page(LIST, rows, query.limit, ({ ordinal }) => [ordinal], IncidentView.of);
  }

  @Get('incidents/:id')
  @About('Read an incident', 'What was reported, and how it ended.')
  @Shows('incident')
  @Rights('loans:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(IncidentView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<IncidentView> {
    return IncidentView.of(orProblem(await this.incidents.get(actor, id)));
  }

  @Patch('incidents/:id')
  @About('Add a police report', 'Its reference, which may come after the report, also to a closed incident.')
  @Rights('loans:write', 'council_manager', 'school_administrator', 'desk_agent')
  @Answers(IncidentView)
  async amend(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() { policeReportReference }: IncidentChanges,
  ): Promise<IncidentView> {
    return IncidentView.of(orProblem(await this.incidents.amend(actor, id, expected, policeReportReference)));
  }

  @Post('incidents/:id/closure')
  @About('Close an incident', 'With an outcome. Which outcomes are possible depends on the kind.')
  @Changes('incident')
  @Rights('loans:write', 'council_manager', 'school_administrator')
  @Answers(IncidentView)
  @Refuses(CLOSURE_REFUSALS)
  @Conflicts('INVALID_MOVE')
  async close(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() body: ClosureBody): Promise<IncidentView> {
    return IncidentView.of(orProblem(await this.closures.close(actor, id, body)));
  }
}
