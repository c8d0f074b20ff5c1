import { Body, Controller, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { LineExplanationService, OfferMovesService } from '../../../modules/allocation/index.js';
import { type LineMove, LineMovesService, QueueService } from '../../../modules/requests/index.js';
import { IdPath, showPage } from '../../../platform/http/index.js';
import { orProblem } from '../../../platform/index.js';
import { wordsOfDenial } from '../../parts/problems/problem-words.js';
import { fieldsOfForm } from '../../parts/signed-in/carried-fields.js';
import { GetAsFamily, PostAsFamily } from '../../parts/signed-in/as-family.js';
import { type FamilyVisit, Visit } from '../../parts/signed-in/family-visit.js';
import { DonePath, goOn } from './done-path.js';
import { linePage } from './line.page.js';
import { doneOf } from './parts.js';
import { MOST_TEXT, saidText } from './said-text.js';

type OwnMove = Extract<LineMove, 'withdraw' | 'resume' | 'appeal'>;
type Facts = Omit<Parameters<typeof linePage>[0], 'visit' | 'explanation'>;

/** One line of a family's request: why it stands where it stands, and what the family decides about it. */
@Controller('f/requests/lines')
@ApiExcludeController()
export class FamilyLinesController {
  constructor(
    private readonly explanations: LineExplanationService,
    private readonly queue: QueueService,
    private readonly moves: LineMovesService,
    private readonly holdings: OfferMovesService,
  ) {}

  @GetAsFamily(':id')
  show(
    @Visit() visit: FamilyVisit,
    @Param() { id }: IdPath,
    @Query() { done }: DonePath,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.page(visit, id, reply, { told: { done: doneOf(done) } });
  }

  @PostAsFamily(':id/withdraw')
  withdraw(@Visit() visit: FamilyVisit, @Param() { id }: IdPath, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.move(visit, id, 'withdraw', null, reply);
  }

  @PostAsFamily(':id/resume')
  resume(@Visit() visit: FamilyVisit, @Param() { id }: IdPath, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.move(visit, id, 'resume', null, reply);
  }

  @PostAsFamily(':id/appeal')
  async appeal(
    @Visit() visit: FamilyVisit,
    @Param() { id }: IdPath,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const fields = fieldsOfForm(body);
    const { text, wrong } = saidText(fields, 'reason', { most: MOST_TEXT, isOptional: true });
    if (wrong) return this.page(visit, id, reply.status(422), { told: {}, fields, wrong: { reason: wrong } });
    return this.move(visit, id, 'appeal', text, reply);
  }

  /** The same form that is sent twice is answered twice alike: whoever pressed again sees that it is done. */
  private async move(visit: FamilyVisit, id: string, move: OwnMove, reason: string | null, reply: FastifyReply) {
    const moved = await this.moves.move(visit.actor, id, move, { reason }, this.holdings);
    if (moved.ok || (moved.reason.kind === 'invalid_move' && (await this.isDone(visit, id, move)))) {
      return goOn(reply, `/f/requests/lines/${id}`, 'doneMoved');
    }
    if (moved.reason.kind === 'not_found') orProblem(moved);
    const told = { refusals: wordsOfDenial(moved.reason, visit.language) };
    return this.page(visit, id, reply.status(422), { told, fields: reason === null ? {} : { reason } });
  }

  private async isDone({ actor }: FamilyVisit, id: string, move: OwnMove): Promise<boolean> {
    const line = orProblem(await this.queue.find(actor, id));
    switch (move) {
      case 'withdraw':
        return line.state === 'withdrawn';
      case 'resume':
        return line.state === 'waiting';
      case 'appeal':
        return line.appealedAt !== null && line.appealDecidedAt === null;
    }
  }

  private async page(visit: FamilyVisit, id: string, reply: FastifyReply, facts: Facts): Promise<string> {
    const explanation = orProblem(await this.explanations.explain(visit.actor, id, visit.language));
    return showPage(reply, linePage({ visit, explanation, ...facts }));
  }
}
