import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../platform/index.js';
import { About, Answers, AnswersPage, Changes, Conflicts, Cursors, IdPath, type Page, Shows } from '../../platform/http/index.js';
import type { Actor } from '../councils/index.js';
import { CurrentActor, Rights } from '../councils/http.js';
import { JobQueueView, JobsQuery, JobView } from './dto/job.dto.js';
import { JobsService } from './jobs.service.js';

const LIST = 'jobs in order';

@ApiTags('jobs')
@Controller('api/v1')
export class JobsController {
  constructor(
    private readonly jobs: JobsService,
    private readonly cursors: Cursors,
  ) {}

  @Get('job-queues')
  @About('List job queues', 'How many jobs wait, run and were set aside, by queue.')
  @Rights('settings:read', 'council_manager', 'auditor')
  @AnswersPage(JobQueueView)
  async queues(@CurrentActor() actor: Actor): Promise<Page<JobQueueView>> {
    return { data: (await this.jobs.queues(actor)).map(JobQueueView.of), nextCursor: null };
  }

  @Get('jobs')
  @About('List jobs', 'Background work that is not done yet, or was set aside after too many tries.')
  @Rights('settings:read', 'council_manager', 'auditor')
  @AnswersPage(JobView)
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor, ...filter }: JobsQuery): Promise<Page<JobView>> {
    const place = this.cursors.after(LIST, cursor);
    const after = place && { at: String(place[0]), ordinal: Number(place[1]) };
    const rows = await this.jobs.list(actor, filter, after, limit);
    return this.cursors.page(LIST, rows, limit, ({ place: at, ordinal }) => [at, ordinal], JobView.of);
  }

  @Post('jobs/:id/replay')
  @About('Try a job again', 'One that was set aside is due at once, and its tries are counted anew.')
  @Changes('job')
  @Rights('settings:write', 'council_manager')
  @Answers(JobView, 'due now, its tries counted anew')
  @Conflicts('INVALID_MOVE')
  async replay(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<JobView> {
    return JobView.of(orProblem(await this.jobs.replay(actor, id)));
  }

  @Shows('job')
  async shown(actor: Actor, { id }: IdPath): Promise<JobView> {
    return JobView.of(orProblem(await this.jobs.find(actor, id)));
  }
}
