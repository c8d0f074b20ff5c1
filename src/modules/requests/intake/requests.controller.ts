import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  AlsoAnswers,
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
import { RequestBody, RequestChanges, ListedRequestView, RequestsQuery, RequestView } from './dto/request.dto.js';
import { CHANGE_REFUSALS, SUBMISSION_REFUSALS } from '../domain/request.rules.js';
import { queueFilter, queueKey } from '../queue/queue-page.js';
import { QueueService } from '../queue/queue.service.js';
import { RequestsService } from './requests.service.js';

const BY_ID = 'requests';
const BY_PLACE = 'requests:position';

@ApiTags('requests')
@Controller('api/v1/requests')
export class RequestsController {
  constructor(
    private readonly requests: RequestsService,
    private readonly queue: QueueService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List requests', 'By state, class, school or family; `sort=position` gives them in the order of the queue. A family sees its own.')
  @Rights('requests:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @AnswersPage(ListedRequestView)
  async list(@CurrentActor() actor: Actor, @Query() query: RequestsQuery): Promise<Page<ListedRequestView>> {
    const { limit, cursor, householdId } = query;
    const filter = { ...orProblem(queueFilter(query)), householdId };
    if (query.sort === 'position') {
      const rows = await this.queue.requestsByPlace(actor, filter, queueKey(this.cursors.after(BY_PLACE, cursor)), limit);
      return this.cursors.page(BY_PLACE, rows, limit, ({ first }) => first, ListedRequestView.of);
    }
    const [after] = this.cursors.after(BY_ID, cursor) ?? [null];
    const rows = await this.queue.requestsById(actor, filter, after as string | null, limit);
    return this.cursors.page(BY_ID, rows, limit, ({ id }) => [id], ListedRequestView.of);
  }

  @Get(':id')
  @About('Read a request', 'What a family asked for, with all its lines.')
  @Shows('request')
  @Rights('requests:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @Answers(RequestView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<RequestView> {
    return RequestView.of(orProblem(await this.requests.get(actor, id)));
  }

  @Post()
  @About('Make a request', 'A draft, or with `submit: true` a request that waits at once. It has one line for each class of device.')
  @Makes('request')
  @Rights('requests:write', 'council_manager', 'school_administrator')
  @Creates(RequestView)
  @Refuses(SUBMISSION_REFUSALS)
  async create(@CurrentActor() actor: Actor, @Body() body: RequestBody): Promise<RequestView> {
    const { householdId, channel, statement = null, pickupSiteId = null, submit = false, lines } = body;
    return RequestView.of(orProblem(await this.requests.create(actor, { householdId, channel, statement, pickupSiteId, submit, lines })));
  }

  @Patch(':id')
  @About('Change a request', 'Changes what is named and leaves the rest.')
  @Rights('requests:write', 'council_manager', 'school_administrator')
  @Answers(RequestView)
  @Refuses(CHANGE_REFUSALS)
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: RequestChanges,
  ): Promise<RequestView> {
    return RequestView.of(orProblem(await this.requests.update(actor, id, expected, body)));
  }

  @Post(':id/submission')
  @About('Submit a request', 'Its lines enter the queue. Waiting time begins now and never begins again.')
  @Changes('request')
  @Rights('requests:write', 'council_manager', 'school_administrator')
  @Answers(RequestView)
  @AlsoAnswers('INVALID_INPUT')
  @Conflicts('INVALID_MOVE')
  @Refuses(SUBMISSION_REFUSALS)
  async submit(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<RequestView> {
    return RequestView.of(orProblem(await this.requests.submit(actor, id)));
  }
}
