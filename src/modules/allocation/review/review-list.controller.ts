import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { About, AnswersPage, Cursors, type Page } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { ReviewItemView, ReviewListQuery } from './dto/review-list.dto.js';
import type { ReviewKey } from './review-list.repository.js';
import { ReviewListService } from './review-list.service.js';

const LIST = 'review-list';

@ApiTags('allocation')
@Controller('api/v1/review-list')
export class ReviewListController {
  constructor(
    private readonly items: ReviewListService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About(
    'List lines that need a person',
    'Open lines that no rule will settle by itself, each with every reason why, the longest waiting first.',
  )
  @Rights('requests:read', 'council_manager', 'school_administrator', 'auditor')
  @AnswersPage(ReviewItemView)
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor, ...filter }: ReviewListQuery): Promise<Page<ReviewItemView>> {
    const after = this.cursors.after(LIST, cursor) as ReviewKey | null;
    const rows = await this.items.page(actor, filter, after, limit);
    return this.cursors.page(LIST, rows, limit, ({ waitsFrom, lineId }) => [waitsFrom, lineId], ReviewItemView.of);
  }
}
