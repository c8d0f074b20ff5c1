import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, AnswersPage, Creates, Cursors, IdPath, IfMatch, Makes, type Page, Shows } from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import {
  ListedTrainingSessionView,
  TrainingSessionBody,
  TrainingSessionChanges,
  TrainingSessionsQuery,
  TrainingSessionView,
} from './dto/training-session.dto.js';
import { TrainingSessionsService } from './training-sessions.service.js';

const LIST = 'training-sessions';
const instant = (text: string | undefined) => (text === undefined ? text : new Date(text));

@ApiTags('help')
@Controller('api/v1/training-sessions')
export class TrainingSessionsController {
  constructor(
    private readonly sessions: TrainingSessionsService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About(
    'List workshops',
    'Workshops in which families learn to use what they were lent, in the order in which they begin. A family sees those of its council that are to come and take place.',
  )
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor', 'family')
  @AnswersPage(ListedTrainingSessionView)
  async list(
    @CurrentActor() actor: Actor,
    @Query() { siteId, from, to, limit, cursor }: TrainingSessionsQuery,
  ): Promise<Page<ListedTrainingSessionView>> {
    const after = this.cursors.after(LIST, cursor) as readonly [string, string] | null;
    const rows = await this.sessions.list(actor, { siteId, from: instant(from), to: instant(to) }, after, limit);
    return this.cursors.page(LIST, rows, limit, ({ startsAt, id }) => [startsAt.toISOString(), id], ListedTrainingSessionView.listed);
  }

  @Get(':id')
  @About('Read a workshop', 'When and where it is, and how many places are taken.')
  @Shows('training_session')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(TrainingSessionView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<TrainingSessionView> {
    return TrainingSessionView.of(orProblem(await this.sessions.find(actor, id)));
  }

  @Post()
  @About('Plan a workshop', 'At one site, on one day, for a number of households. More are never booked.')
  @Makes('training_session')
  @Rights('settings:write', 'council_manager', 'school_administrator', 'desk_agent')
  @Creates(TrainingSessionView)
  async create(
    @CurrentActor() actor: Actor,
    @Body() { siteId, title, language, startsAt, endsAt, places }: TrainingSessionBody,
  ): Promise<TrainingSessionView> {
    const asked = { siteId, title, language, startsAt: new Date(startsAt), endsAt: new Date(endsAt), places };
    return TrainingSessionView.of(orProblem(await this.sessions.create(actor, asked)));
  }

  @Patch(':id')
  @About('Change a workshop', 'Changes what is named and leaves the rest, or cancels it. Households that have a place keep it.')
  @Rights('settings:write', 'council_manager', 'school_administrator', 'desk_agent')
  @Answers(TrainingSessionView)
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() { startsAt, endsAt, title, language, places, cancelled }: TrainingSessionChanges,
  ): Promise<TrainingSessionView> {
    const changes = { title, language, startsAt: instant(startsAt), endsAt: instant(endsAt), places, cancelled };
    return TrainingSessionView.of(orProblem(await this.sessions.update(actor, id, expected, changes)));
  }
}
