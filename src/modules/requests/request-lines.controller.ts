import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, AnswersPage, Conflicts, Cursors, IdPath, orProblem, type Page, Problem, Refuses } from '../../platform/index.js';
import { type Actor, CurrentActor, Rights } from '../councils/index.js';
import { LineInQueueView, LineMoveBody, QueueQuery, RequestLineView } from './dto/request-line.dto.js';
import { mayMakeMove } from './domain/line-move.rules.js';
import { SUBMISSION_REFUSALS } from './domain/request.rules.js';
import { LineMovesService } from './line-moves.service.js';
import { queueFilter, queueKey } from './queue-page.js';
import { QueueService } from './queue.service.js';

const BY_ID = 'request-lines';
const BY_PLACE = 'request-lines:position';

@ApiTags('requests')
@Controller('api/v1/request-lines')
export class RequestLinesController {
  constructor(
    private readonly queue: QueueService,
    private readonly moves: LineMovesService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Rights('requests:read', 'council_manager', 'school_administrator', 'auditor')
  @AnswersPage(RequestLineView)
  async list(@CurrentActor() actor: Actor, @Query() query: QueueQuery): Promise<Page<RequestLineView>> {
    const { limit, cursor } = query;
    const filter = orProblem(queueFilter(query));
    if (query.sort === 'position') {
      const rows = await this.queue.linesByPlace(actor, filter, queueKey(this.cursors.after(BY_PLACE, cursor)), limit);
      const keyOf = (line: (typeof rows)[number]) => [line.class, line.waitingSince?.toISOString() ?? null, line.id];
      return this.cursors.page(BY_PLACE, rows, limit, keyOf, RequestLineView.of);
    }
    const [after] = this.cursors.after(BY_ID, cursor) ?? [null];
    const rows = await this.queue.linesById(actor, filter, after as string | null, limit);
    return this.cursors.page(BY_ID, rows, limit, ({ id }) => [id], RequestLineView.of);
  }

  @Get(':id')
  @Rights('requests:read', 'council_manager', 'school_administrator', 'auditor')
  @Answers(LineInQueueView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<LineInQueueView> {
    return LineInQueueView.of(orProblem(await this.queue.find(actor, id)));
  }

  @Post(':id/moves')
  @Rights('requests:write', 'council_manager', 'school_administrator')
  @Answers(LineInQueueView)
  @Conflicts('INVALID_MOVE')
  @Refuses(SUBMISSION_REFUSALS)
  async move(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() { move, ...said }: LineMoveBody): Promise<LineInQueueView> {
    if (!mayMakeMove(actor.role, move)) throw Problem.of('FORBIDDEN', { detail: 'a council manager decides about appeals' });
    return LineInQueueView.of(orProblem(await this.moves.move(actor, id, move, said)));
  }
}
