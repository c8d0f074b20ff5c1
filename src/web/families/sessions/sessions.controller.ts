import { Controller, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { FamilySessionsService } from '../../../modules/households/index.js';
import { Cursors, IdPath, Parameter, showPage } from '../../../platform/http/index.js';
import { orProblem } from '../../../platform/index.js';
import { GetAsFamily, PostAsFamily } from '../../parts/signed-in/as-family.js';
import { type FamilyVisit, Visit } from '../../parts/signed-in/family-visit.js';
import { sessionsPage } from './sessions.page.js';

const LIST = 'pages/family-sessions';
const OF_A_PAGE = 20;

class SessionsQuery {
  @Parameter.text({ max: 1000, about: 'where the page before ended' })
  cursor?: string;
}

/** Where a contact is signed in, for the contact alone. */
@Controller('f/sessions')
@ApiExcludeController()
export class SessionsPagesController {
  constructor(
    private readonly sessions: FamilySessionsService,
    private readonly cursors: Cursors,
  ) {}

  @GetAsFamily()
  async list(
    @Visit() visit: FamilyVisit,
    @Query() { cursor }: SessionsQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const { actor } = visit;
    const rows = orProblem(await this.sessions.list(actor, actor.family.householdId, after as string | null, OF_A_PAGE));
    const { data, nextCursor } = this.cursors.page(
      LIST,
      rows,
      OF_A_PAGE,
      ({ id }) => [id],
      (session) => session,
    );
    return showPage(reply, sessionsPage({ visit, sessions: data, nextCursor }));
  }

  /** Whoever ends the session with which they ask comes to the sign-in. */
  @PostAsFamily(':id/end')
  async end(@Visit() { actor }: FamilyVisit, @Param() { id }: IdPath, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    orProblem(await this.sessions.end(actor, actor.family.householdId, id));
    void reply.status(303).header('location', '/f/sessions');
  }
}
