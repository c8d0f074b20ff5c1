import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, AnswersNothing, AnswersPage, Cursors, IdPath, type Page, PageQuery } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { FamilySessionPath, FamilySessionView } from './dto/family-session.dto.js';
import { FamilySessionsService } from './family-sessions.service.js';

const LIST = 'family-sessions';

@ApiTags('households')
@Controller('api/v1/households/:id/sessions')
export class FamilySessionsController {
  constructor(
    private readonly sessions: FamilySessionsService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List a family’s sessions', 'Where the contacts of a household are signed in now. A family sees those of its own contact only.')
  @Rights('households:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @AnswersPage(FamilySessionView)
  async list(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<FamilySessionView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = orProblem(await this.sessions.list(actor, id, after as string | null, limit));
    return this.cursors.page(
      LIST,
      rows,
      limit,
      (session) => [session.id],
      (session) => FamilySessionView.of(session, actor.sessionId),
    );
  }

  @Delete(':sessionId')
  @About('End a family’s session', 'For a phone that was lost, or left signed in. A family ends those of its own contact only.')
  @Rights('households:write', 'council_manager', 'school_administrator', 'family')
  @AnswersNothing()
  async end(@CurrentActor() actor: Actor, @Param() { id, sessionId }: FamilySessionPath): Promise<void> {
    orProblem(await this.sessions.end(actor, id, sessionId));
  }
}
