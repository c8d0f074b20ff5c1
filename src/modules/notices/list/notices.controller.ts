import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock, orProblem } from '../../../platform/index.js';
import { About, Answers, AnswersPage, Creates, Cursors, IdPath, Makes, type Page, Refuses, Shows } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { RESEND_REFUSALS } from '../domain/resend.rules.js';
import { ForeseenView, ListedNoticeView, NoticesQuery, PreviewQuery, ResendBody, ToldNoticeView } from './dto/notice.dto.js';
import { type ForeseenNotice, NoticesService } from './notices.service.js';

const LIST = 'notices';
const PREVIEW = 'notices-preview';

@ApiTags('notices')
@Controller('api/v1/notices')
export class NoticesController {
  constructor(
    private readonly notices: NoticesService,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  @Get()
  @About('List notices', 'What was sent to families, and what is planned.')
  @Rights('notices:read', 'council_manager', 'school_administrator', 'auditor')
  @AnswersPage(ListedNoticeView)
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor, ...filter }: NoticesQuery): Promise<Page<ListedNoticeView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.notices.list(actor, filter, after as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], ListedNoticeView.of);
  }

  @Get('preview')
  @About('Preview notices', 'What would leave at a moment to come, and by which channel, if nothing changed until then.')
  @Rights('notices:read', 'council_manager', 'auditor')
  @AnswersPage(ForeseenView)
  async preview(@CurrentActor() actor: Actor, @Query() { at, limit, cursor }: PreviewQuery): Promise<Page<ForeseenView>> {
    const after = this.cursors.after(PREVIEW, cursor) as readonly [string, string] | null;
    const rows = await this.notices.preview(actor, at === undefined ? this.clock.now() : new Date(at), after, limit);
    return this.cursors.page(
      PREVIEW,
      rows,
      lengthOf(rows, limit),
      ({ dueAt, noticeId }) => [dueAt.toISOString(), noticeId],
      ForeseenView.of,
    );
  }

  @Get(':id')
  @About('Read a notice', 'With its text, word for word, where the caller may read the family’s file.')
  @Shows('notice')
  @Rights('notices:read', 'council_manager', 'school_administrator', 'auditor')
  @Answers(ToldNoticeView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<ToldNoticeView> {
    return ToldNoticeView.of(orProblem(await this.notices.find(actor, id)));
  }

  @Post(':id/resend')
  @About('Send a notice again', 'Makes another notice of the same thing, with a reason. It leaves at once.')
  @Makes('notice')
  @Rights('notices:write', 'council_manager', 'school_administrator')
  @Creates(ToldNoticeView, 'another notice of the same, which leaves at once')
  @Refuses(RESEND_REFUSALS)
  async resend(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() { reason }: ResendBody): Promise<ToldNoticeView> {
    return ToldNoticeView.of({ ...orProblem(await this.notices.resend(actor, id, reason)), text: null });
  }
}

/** Returns how many rows the first `limit` notices have: the rows of a notice to several people stay on one page. */
function lengthOf(rows: readonly ForeseenNotice[], limit: number): number {
  const ids = [...new Set(rows.map(({ noticeId }) => noticeId))].slice(0, limit);
  return rows.filter(({ noticeId }) => ids.includes(noticeId)).length;
}
