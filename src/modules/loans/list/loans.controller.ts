import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock, orProblem, Problem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersPage,
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
import { HAND_OVER_REFUSALS } from '../domain/hand-over.rules.js';
import { HandOverBody, nameFaults } from '../hand-over/dto/hand-over.dto.js';
import { ListedLoanView, LoanEventView, LoansQuery, LoanView } from './dto/loan.dto.js';
import { FindLoansService } from './find-loans.service.js';
import { HandOverService } from '../hand-over/hand-over.service.js';

const LIST = 'loans';
const EVENTS = 'loan-events in order';

@ApiTags('loans')
@Controller('api/v1/loans')
export class LoansController {
  constructor(
    private readonly loans: FindLoansService,
    private readonly handOvers: HandOverService,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  @Get()
  @About('List loans', 'By state, family, place or day. `overdue` is reckoned today, in the council’s time zone. A family sees its own.')
  @Rights('loans:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor', 'family')
  @AnswersPage(ListedLoanView)
  async list(@CurrentActor() actor: Actor, @Query() query: LoansQuery): Promise<Page<ListedLoanView>> {
    const faults = LoansQuery.faults(query);
    if (faults.length > 0) throw Problem.invalid(faults);
    const [after] = this.cursors.after(LIST, query.cursor) ?? [null];
    const rows = await this.loans.list(actor, LoansQuery.toSearch(query), after as string | null, query.limit);
    const now = this.clock.now();
    return this.cursors.page(
      LIST,
      rows,
      query.limit,
      ({ id }) => [id],
      (loan) => ListedLoanView.of(loan, now),
    );
  }

  @Post()
  @About(
    'Hand devices over',
    'Makes a loan: checks everything under lock and answers every reason against it at once (409). Reasons that are `overridable` can be overridden, with a written reason, by those who may.',
  )
  @Makes('loan')
  @Rights('loans:write', 'council_manager', 'school_administrator', 'desk_agent')
  @Creates(LoanView, 'handed over')
  @Refuses(HAND_OVER_REFUSALS)
  @Conflicts('INVALID_MOVE')
  async handOver(@CurrentActor() actor: Actor, @Body() body: HandOverBody): Promise<LoanView> {
    const faults = nameFaults(body.items, ['deviceId', 'assetTag']);
    if (faults.length > 0) throw Problem.invalid(faults);
    return LoanView.of(orProblem(await this.handOvers.handOver(actor, HandOverBody.toHandOver(body))), this.clock.now());
  }

  @Get(':id')
  @About('Read a loan', 'Its devices, its due day, what was signed, and what came back.')
  @Shows('loan')
  @Rights('loans:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor', 'family')
  @Answers(LoanView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<LoanView> {
    return LoanView.of(orProblem(await this.loans.get(actor, id)), this.clock.now());
  }

  @Get(':id/events')
  @About('List a loan’s history', 'Everything that happened to it, the oldest first.')
  @Rights('loans:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(LoanEventView)
  async events(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Query() { limit, cursor }: PageQuery): Promise<Page<LoanEventView>> {
    const [after] = this.cursors.after(EVENTS, cursor) ?? [null];
    const rows = orProblem(await this.loans.events(actor, id, after as number | null, limit));
    return this.cursors.page(EVENTS, rows, limit, (event) => [event.ordinal], LoanEventView.of);
  }
}
