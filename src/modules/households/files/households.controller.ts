import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
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
  IfMatch,
  Makes,
  type Page,
  Refuses,
  Shows,
} from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { ChangeHouseholdService } from './change-household.service.js';
import { WrittenHouseholdView } from '../duplicates/dto/possible-duplicate.dto.js';
import { changesOf, draftOf, HouseholdBody, HouseholdChangesBody, HouseholdsQuery, VerificationBody } from './dto/household.dto.js';
import { HouseholdMatch, HouseholdView } from './dto/views.dto.js';
import { HOUSEHOLD_READERS } from './household-cards.service.js';
import { DEPARTURE_REFUSALS } from '../domain/departure.rules.js';
import { FindHouseholdsService } from './find-households.service.js';
import { RegisterHouseholdService } from './register-household.service.js';
import { VerifyFactsService } from './verify-facts.service.js';

const LIST = 'households';

@ApiTags('households')
@Controller('api/v1/households')
export class HouseholdsController {
  constructor(
    private readonly finder: FindHouseholdsService,
    private readonly registration: RegisterHouseholdService,
    private readonly changer: ChangeHouseholdService,
    private readonly verification: VerifyFactsService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About(
    'Find households',
    'A desk agent looks one household up: `q` must be given (a reference, the asset tag of a device that the household has, or three letters of a name), at most five matches are shown, by id, reference and names only, and each look-up is audited.',
  )
  @Rights('households:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage([HouseholdView, HouseholdMatch], { truncates: true })
  async list(
    @CurrentActor() actor: Actor,
    @Query() { q, schoolId, limit, cursor }: HouseholdsQuery,
  ): Promise<Page<HouseholdView | HouseholdMatch>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    if (actor.role === 'desk_agent') {
      const { rows, truncated } = orProblem(await this.finder.lookUp(actor, { q, schoolId }, limit));
      return { data: rows.map(HouseholdMatch.of), nextCursor: null, ...(truncated && { truncated }) };
    }
    const { rows, truncated } = orProblem(await this.finder.list(actor, { q, schoolId }, after as string | null, limit));
    const page = this.cursors.page(LIST, rows, limit, ({ id }) => [id], HouseholdView.of);
    return truncated ? { ...page, nextCursor: null, truncated } : page;
  }

  @Get(':id')
  @About(
    'Read a household',
    'The whole file: contacts, learners, what is at home, and where each fact comes from. A family sees its own file, and of the contacts itself only.',
  )
  @Shows('household')
  @Rights(HOUSEHOLD_READERS.scope, ...HOUSEHOLD_READERS.roles, 'family')
  @Answers(HouseholdView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<HouseholdView> {
    return HouseholdView.of(orProblem(await this.finder.get(actor, id)));
  }

  @Post()
  @About(
    'Register a household',
    'Files that look like one that is there already are named in `possibleDuplicates`; nothing is refused for it.',
  )
  @Makes('household')
  @Rights('households:write', 'council_manager', 'school_administrator')
  @Creates(WrittenHouseholdView)
  async create(@CurrentActor() actor: Actor, @Body() body: HouseholdBody): Promise<WrittenHouseholdView> {
    return WrittenHouseholdView.written(orProblem(await this.registration.register(actor, draftOf(body))));
  }

  @Patch(':id')
  @About(
    'Change a household',
    'Lists are put together part by part, by id. Where a learner is left out for whom something is asked or lent, `then` must say what becomes of it.',
  )
  @Rights('households:write', 'council_manager', 'school_administrator')
  @Answers(WrittenHouseholdView)
  @Refuses(DEPARTURE_REFUSALS)
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: HouseholdChangesBody,
  ): Promise<WrittenHouseholdView> {
    return WrittenHouseholdView.written(orProblem(await this.changer.change(actor, id, expected, changesOf(body), body.then)));
  }

  @Post(':id/verifications')
  @About('Mark facts as verified', 'Says that the caller has seen proof of these facts. They stay verified until somebody changes them.')
  @Changes('household')
  @Rights('households:write', 'council_manager', 'school_administrator')
  @Answers(HouseholdView)
  async verify(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() { fields }: VerificationBody): Promise<HouseholdView> {
    return HouseholdView.of(orProblem(await this.verification.verify(actor, id, fields)));
  }
}
