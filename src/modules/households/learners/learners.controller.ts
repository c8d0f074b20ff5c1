import { Body, Controller, Delete, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem, Problem } from '../../../platform/index.js';
import { About, Answers, AnswersNothing, Creates, IdPath, IfMatch, Makes, Refuses, Shows } from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { DEPARTURE_REFUSALS } from '../domain/departure.rules.js';
import { WrittenLearnerView } from '../duplicates/dto/possible-duplicate.dto.js';
import { decidedIn, DepartureQuery, LearnerChanges, learnerChangesOf, LearnerPath } from './dto/learner.dto.js';
import { LearnerBody, learnerOf } from '../files/dto/parts.dto.js';
import { LearnerView } from '../files/dto/views.dto.js';
import { FindHouseholdsService } from '../files/find-households.service.js';
import { LearnersService } from './learners.service.js';

@ApiTags('households')
@Controller('api/v1/households/:id/learners')
export class LearnersController {
  constructor(
    private readonly learners: LearnersService,
    private readonly finder: FindHouseholdsService,
  ) {}

  @Post()
  @About('Add a learner', 'A learner is part of the household and raises its version.')
  @Makes('learner')
  @Rights('households:write', 'council_manager', 'school_administrator')
  @Creates(WrittenLearnerView, "added; the ETag is the household's, whose version it raised")
  async add(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() body: LearnerBody): Promise<WrittenLearnerView> {
    const written = orProblem(await this.learners.add(actor, id, learnerOf(body)));
    return WrittenLearnerView.writtenIn(written, written.household.learners.at(-1)?.id ?? '');
  }

  @Shows('learner', { by: 'learnerId' })
  async shown(actor: Actor, { id, learnerId }: LearnerPath): Promise<LearnerView> {
    const household = orProblem(await this.finder.get(actor, id));
    if (household.learners.every((learner) => learner.id !== learnerId)) throw Problem.of('NOT_FOUND');
    return LearnerView.in(household, learnerId);
  }

  @Patch(':learnerId')
  @About('Change a learner', 'Changes what is named and leaves the rest; `If-Match` takes the ETag of the household.')
  @Rights('households:write', 'council_manager', 'school_administrator')
  @Answers(WrittenLearnerView, "as it stands now; If-Match and ETag are the household's, whose version it raised")
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id, learnerId }: LearnerPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: LearnerChanges,
  ): Promise<WrittenLearnerView> {
    const written = orProblem(await this.learners.change(actor, id, learnerId, expected, learnerChangesOf(body)));
    return WrittenLearnerView.writtenIn(written, learnerId);
  }

  @Delete(':learnerId')
  @About(
    'Remove a learner',
    'The learner is part of the household no longer. Where a line that is open, or a loan, is for the learner, it must be said what becomes of each, in `then`; else 409 LEARNER_HAS_OPEN_LINE or LEARNER_HAS_OPEN_LOAN names them, and nothing changes. A client needs requests:write to decide about a line, loans:write about a loan.',
  )
  @Rights('households:write', 'council_manager', 'school_administrator')
  @AnswersNothing()
  @Refuses(DEPARTURE_REFUSALS)
  async leave(
    @CurrentActor() actor: Actor,
    @Param() { id, learnerId }: LearnerPath,
    @IfMatch({ optional: true }) expected: ExpectedVersion,
    @Query() { then }: DepartureQuery,
  ): Promise<void> {
    orProblem(await this.learners.leave(actor, id, learnerId, expected, decidedIn(then)));
  }
}
