import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem, Problem } from '../../../platform/index.js';
import { About, Answers, Changes, Conflicts, IdPath, Refuses } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { LineMovesService, mayMakeMove, SUBMISSION_REFUSALS } from '../../requests/index.js';
import { LineInQueueView, LineMoveBody } from '../../requests/http.js';
import { BOOKING_REFUSALS } from '../domain/pickup-slot.rules.js';
import { OfferMovesService } from './offer-moves.service.js';

/** Moves of lines. They are here and not in the module requests, because a move may also end or change the line's offer. */
@ApiTags('requests')
@Controller('api/v1/request-lines')
export class LineMovesController {
  constructor(
    private readonly moves: LineMovesService,
    private readonly offers: OfferMovesService,
  ) {}

  @Post(':id/moves')
  @About(
    'Move a request line',
    'Withdraws, suspends, resumes or refuses it, takes or decides an appeal, or answers the offer that is made to it. An impossible move is 409 INVALID_MOVE and says which are possible. Only a council manager decides about appeals. A family withdraws, resumes, appeals, accepts, declines and rebooks.',
  )
  @Changes('request_line')
  @Rights('requests:write', 'council_manager', 'school_administrator', 'family')
  @Answers(LineInQueueView)
  @Conflicts('INVALID_MOVE')
  @Refuses(SUBMISSION_REFUSALS, BOOKING_REFUSALS)
  async move(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() { move, ...said }: LineMoveBody): Promise<LineInQueueView> {
    if (!mayMakeMove(actor.role, move)) {
      throw Problem.of('FORBIDDEN', { detail: actor.family ? `${move} is decided by staff` : 'a council manager decides about appeals' });
    }
    return LineInQueueView.of(orProblem(await this.moves.move(actor, id, move, said, this.offers)));
  }
}
