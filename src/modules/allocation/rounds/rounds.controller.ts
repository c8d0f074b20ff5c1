import { Body, Controller, Get, Headers, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { hasText, preferredLanguage } from '../../../shared/language.js';
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
import { ExplanationQuery } from '../../requests/http.js';
import { EXCLUSION_REFUSALS } from '../domain/exclusion.rules.js';
import { PUBLICATION_REFUSALS } from '../domain/publication.rules.js';
import {
  AllocationRoundBody,
  AllocationRoundView,
  ExcludedLineView,
  ExplainedProposalView,
  ExclusionBody,
  ExclusionView,
  ProposalPath,
  ProposalsQuery,
  ProposalView,
  PublicationBody,
  RoundsQuery,
} from './dto/allocation-round.dto.js';
import { RoundPublicationService } from './round-publication.service.js';
import { RoundsService } from './rounds.service.js';

const LIST = 'allocation-rounds in order';
const PROPOSALS = 'proposals';
const EXCLUSIONS = 'exclusions';

@ApiTags('allocation')
@Controller('api/v1/allocation-rounds')
export class RoundsController {
  constructor(
    private readonly rounds: RoundsService,
    private readonly publications: RoundPublicationService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List allocation rounds', 'The newest first.')
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor')
  @AnswersPage(AllocationRoundView)
  async list(
    @CurrentActor() actor: Actor,
    @Query() { limit, cursor, state, class: deviceClass }: RoundsQuery,
  ): Promise<Page<AllocationRoundView>> {
    const [before] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.rounds.list(actor, { state, class: deviceClass }, before as number | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ ordinal }) => [ordinal], AllocationRoundView.of);
  }

  @Get(':id')
  @About('Read an allocation round', 'Its state, its figures and, while it is being solved, how far that is.')
  @Shows('allocation_round')
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor')
  @Answers(AllocationRoundView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<AllocationRoundView> {
    return AllocationRoundView.of(orProblem(await this.rounds.find(actor, id)));
  }

  @Post()
  @About(
    'Open an allocation round',
    'Reads the queue and the stock of one class and proposes who gets what. It is a dry run: nobody is offered anything before it is published.',
  )
  @Makes('allocation_round')
  @Rights('allocation:write', 'council_manager', 'school_administrator')
  @Creates(AllocationRoundView, 'a dry run: nobody is offered anything; a large round is still being solved, and shows its progress')
  async open(
    @CurrentActor() actor: Actor,
    @Body() { class: deviceClass, schoolIds = null, siteIds = null }: AllocationRoundBody,
  ): Promise<AllocationRoundView> {
    return AllocationRoundView.of(orProblem(await this.rounds.open(actor, { class: deviceClass, schoolIds, siteIds })));
  }

  @Get(':id/proposals')
  @About(
    'List a round’s proposals',
    'Each line of the round in the order in which lines are served: with the stock that it would get, or the reason why it gets none.',
  )
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor')
  @AnswersPage(ProposalView)
  async proposals(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Query() { limit, cursor, ...filter }: ProposalsQuery,
  ): Promise<Page<ProposalView>> {
    const [after] = this.cursors.after(PROPOSALS, cursor) ?? [0];
    const rows = orProblem(await this.rounds.listProposals(actor, id, filter, Number(after), limit));
    return this.cursors.page(PROPOSALS, rows, limit, ({ place }) => [place], ProposalView.of);
  }

  @Get(':id/proposals/:lineId')
  @About('Explain a proposal', 'One line of a round with what its score was made from, as it was kept when the round was solved.')
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor')
  @Answers(ExplainedProposalView, 'with what the score was made from, as it was kept when the round was solved')
  async explain(
    @CurrentActor() actor: Actor,
    @Param() { id, lineId }: ProposalPath,
    @Query() { language }: ExplanationQuery,
    @Headers('accept-language') accepted?: string,
  ): Promise<ExplainedProposalView> {
    const asked = language ?? preferredLanguage(accepted, hasText);
    return ExplainedProposalView.ofExplained(orProblem(await this.rounds.explain(actor, id, lineId, asked)));
  }

  @Get(':id/exclusions')
  @About('List a round’s exclusions', 'Lines that people set aside, with their reasons, and whether a second person has confirmed it.')
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor')
  @AnswersPage(ExclusionView)
  async exclusions(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<ExclusionView>> {
    const [after] = this.cursors.after(EXCLUSIONS, cursor) ?? [null];
    const rows = orProblem(await this.rounds.exclusions(actor, id, after as string | null, limit));
    return this.cursors.page(EXCLUSIONS, rows, limit, ({ lineId }) => [lineId], ExclusionView.of);
  }

  /** One council manager is enough; a school administrator needs a second person, who sends the same line again. */
  @Post(':id/exclusions')
  @About(
    'Set a line aside',
    'Leaves one line out of the round with a written reason, and solves the round again. A council manager’s word is enough; that of a school administrator waits for a second person who sends the same.',
  )
  @Makes('excluded_line')
  @Rights('allocation:write', 'council_manager', 'school_administrator')
  @Creates(ExcludedLineView, 'set aside for this round, which is solved again')
  @Conflicts('INVALID_MOVE')
  @Refuses(EXCLUSION_REFUSALS)
  async exclude(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Body() { lineId, reason }: ExclusionBody,
  ): Promise<ExcludedLineView> {
    return ExcludedLineView.ofLine(orProblem(await this.rounds.exclude(actor, id, lineId, reason)));
  }

  @Shows('excluded_line', { by: 'lineId' })
  async excluded(actor: Actor, { id, lineId }: ProposalPath): Promise<ExcludedLineView> {
    return ExcludedLineView.ofLine(orProblem(await this.rounds.excluded(actor, id, lineId)));
  }

  @Post(':id/solution')
  @About('Solve a round again', 'With the queue and the stock as they are now; lines that were set aside stay so.')
  @Changes('allocation_round')
  @Rights('allocation:write', 'council_manager', 'school_administrator')
  @Answers(AllocationRoundView, 'solved again, with the queue and the stock as they are now')
  @Conflicts('INVALID_MOVE')
  async solve(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<AllocationRoundView> {
    return AllocationRoundView.of(orProblem(await this.rounds.solveAgain(actor, id)));
  }

  @Post(':id/publication')
  @About(
    'Publish a round',
    'Makes every offer of the round, or none of them. Served lines whose families changed lately what they declared must be named in `confirmedLineIds`.',
  )
  @Changes('allocation_round')
  @Rights('allocation:write', 'council_manager', 'school_administrator')
  @Answers(AllocationRoundView, 'published: every served line is offered its device')
  @Conflicts('INVALID_MOVE')
  @Refuses(PUBLICATION_REFUSALS)
  async publish(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Body() { confirmedLineIds }: PublicationBody,
  ): Promise<AllocationRoundView> {
    return AllocationRoundView.of(orProblem(await this.publications.publish(actor, id, confirmedLineIds ?? [])));
  }

  @Post(':id/discard')
  @About('Discard a round', 'Ends a round without offering anything.')
  @Changes('allocation_round')
  @Rights('allocation:write', 'council_manager', 'school_administrator')
  @Answers(AllocationRoundView, 'discarded: nobody is offered anything')
  @Conflicts('INVALID_MOVE')
  async discard(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<AllocationRoundView> {
    return AllocationRoundView.of(orProblem(await this.rounds.discard(actor, id)));
  }
}
