import { Injectable } from '@nestjs/common';
import { Clock, Transactions, type Tx } from '../../../platform/index.js';
import { invalid, invalidMove, notFound, type Outcome, refusedFor } from '../../../shared/denial.js';
import { refusalsHolding } from '../../../shared/refusal.js';
import { ok } from '../../../shared/result.js';
import { type Actor, reachOver } from '../../councils/index.js';
import { SharedFilesService } from '../../households/index.js';
import { withoutPlace } from '../domain/hidden-of-shared-files.js';
import { attemptLineMove, lineMoveFaults, type LineMove, type LineMoveArguments } from '../domain/line-move.rules.js';
import { OPEN_LINE_STATES, type RequestLineState } from '../domain/request-line.machine.js';
import { SUBMISSION_REFUSALS } from '../domain/request.rules.js';
import { LineMover } from './line-mover.js';
import { type LineInQueue, QueueRepository } from '../queue/queue.repository.js';
import { type RequestLine, RequestsRepository } from '../intake/requests.repository.js';
import { SuspensionEndService } from './suspension-end.service.js';

const isOpen = (state: RequestLineState) => (OPEN_LINE_STATES as readonly RequestLineState[]).includes(state);

/**
 * A higher module implements this: it changes what is held for a line (a device, a slot) when the line moves, in the same transaction and
 * before the move is written.
 */
export interface HoldingsHandler {
  follow(tx: Tx, actor: Actor, line: RequestLine, move: LineMove, said: LineMoveArguments): Promise<Outcome<void>>;
}

/** Makes the moves of families and staff of one line. */
@Injectable()
export class LineMovesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly requests: RequestsRepository,
    private readonly queue: QueueRepository,
    private readonly mover: LineMover,
    private readonly suspensions: SuspensionEndService,
    private readonly shared: SharedFilesService,
    private readonly clock: Clock,
  ) {}

  /**
   * Moves a line, or returns why not. It checks first whether the state allows the move, then the arguments, then what is held for the line.
   */
  move(actor: Actor, lineId: string, move: LineMove, said: LineMoveArguments, holdings: HoldingsHandler): Promise<Outcome<LineInQueue>> {
    return this.transactions.write(actor, (tx) => this.moveInside(tx, actor, lineId, move, said, holdings));
  }

  /** Moves a line in the caller's transaction. */
  async moveInside(
    tx: Tx,
    actor: Actor,
    lineId: string,
    move: LineMove,
    said: LineMoveArguments,
    holdings: HoldingsHandler,
  ): Promise<Outcome<LineInQueue>> {
    const { schoolId } = await reachOver(actor, () => this.requests.householdOfLine(tx, lineId));
    const household = await this.requests.lockHouseholdOfLine(tx, schoolId, lineId);
    const line = household && (await this.requests.lockLine(tx, lineId));
    if (!line) return notFound();
    const to = attemptLineMove(line, move, said);
    if (!to.ok) return invalidMove(to.reason);
    const faults = lineMoveFaults(move, said, this.clock.today(household.timeZone));
    if (faults.length > 0) return invalid(...faults);
    if (isOpen(to.value) && !isOpen(line.state)) {
      const { openClasses } = await this.requests.facts(tx, line.householdId, null);
      const reasons = refusalsHolding(SUBMISSION_REFUSALS, { OPEN_LINE_EXISTS: openClasses.includes(line.class) });
      if (reasons.length > 0) return refusedFor(reasons);
    }

    const followed = await holdings.follow(tx, actor, line, move, said);
    if (!followed.ok) return followed;
    const moved = await this.mover.move(tx, actor.id, line, move, to.value, said);
    await this.suspensions.schedule(tx, moved, household.timeZone);
    return ok(await this.shared.one(tx, actor, (await this.queue.find(tx, null, lineId)) as LineInQueue, withoutPlace));
  }
}
