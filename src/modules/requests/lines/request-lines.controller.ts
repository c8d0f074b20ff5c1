import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, AnswersPage, Cursors, IdPath, type Page, Shows } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { LineInQueueView, QueueQuery, ListedLineView } from './dto/request-line.dto.js';
import { queueFilter, queueKey } from '../queue/queue-page.js';
import { QueueService } from '../queue/queue.service.js';

const BY_ID = 'request-lines';
const BY_PLACE = 'request-lines:position';

@ApiTags('requests')
@Controller('api/v1/request-lines')
export class RequestLinesController {
  constructor(
    private readonly queue: QueueService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List request lines', 'The queue: `sort=position` gives it in its order, class by class. A family sees its own.')
  @Rights('requests:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @AnswersPage(ListedLineView)
  async list(@CurrentActor() actor: Actor, @Query() query: QueueQuery): Promise<Page<ListedLineView>> {
    const { limit, cursor } = query;
    const filter = orProblem(queueFilter(query));
    if (query.sort === 'position') {
      const rows = await this.queue.linesByPlace(actor, filter, queueKey(this.cursors.after(BY_PLACE, cursor)), limit);
      const keyOf = (line: (typeof rows)[number]) => [line.class, line.score, line.ticket, line.id];
      return this.cursors.page(BY_PLACE, rows, limit, keyOf, ListedLineView.of);
    }
    const [after] = this.cursors.after(BY_ID, cursor) ?? [null];
    const rows = await this.queue.linesById(actor, filter, after as string | null, limit);
    return this.cursors.page(BY_ID, rows, limit, ({ id }) => [id], ListedLineView.of);
  }

  @Get(':id')
  @About('Read a request line', 'With its place in the queue while it waits.')
  @Shows('request_line')
  @Rights('requests:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @Answers(LineInQueueView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<LineInQueueView> {
    return LineInQueueView.of(orProblem(await this.queue.find(actor, id)));
  }
}
