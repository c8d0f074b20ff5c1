import { Injectable } from '@nestjs/common';
import { Audit, Clock, Outbox, type Tx } from '../../../platform/index.js';
import { newId } from '../../../shared/ids.js';
import { type MoveDetails, standingAfter } from '../domain/line-standing.rules.js';
import type { RequestLineMove, RequestLineState } from '../domain/request-line.machine.js';
import { LINE_MOVED } from '../requests.events.js';
import { type OfferedLine, OfferedLinesRepository } from './offered-lines.repository.js';
import { LineScorer } from '../priority/line-scorer.js';
import { type RequestLine, RequestsRepository } from '../intake/requests.repository.js';

/** Writes a move of a line that was found possible: the line, its event, the audit trail and the announcement. */
@Injectable()
export class LineMover {
  constructor(
    private readonly requests: RequestsRepository,
    private readonly offered: OfferedLinesRepository,
    private readonly scores: LineScorer,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Moves a line, and returns it as it is then. The caller has locked the household and the line. */
  async move(
    tx: Tx,
    actor: string,
    line: RequestLine,
    move: RequestLineMove,
    to: RequestLineState,
    said: MoveDetails = {},
  ): Promise<RequestLine> {
    const now = this.clock.now();
    const event = { id: newId(), actor, move, reason: said.reason ?? null };
    const moved = await this.requests.moveLine(tx, line, standingAfter(line, move, to, said, now), event, now);
    // The score counts missed offers, so it is computed again wherever the line goes.
    if (to === 'waiting' || to === 'suspended') await this.scores.score(tx, [line.id]);
    await this.record(tx, actor, line.id, said.reason);
    await this.outbox.announce(tx, LINE_MOVED, { lineId: line.id, eventId: event.id });
    return moved;
  }

  /** Lets the drafts of a request wait from now on. */
  async submit(tx: Tx, actor: string, requestId: string): Promise<void> {
    const submitted = await this.requests.submitDrafts(tx, requestId, actor, this.clock.now());
    await this.scores.score(
      tx,
      submitted.map(({ lineId }) => lineId),
    );
    for (const { lineId } of submitted) await this.record(tx, actor, lineId);
    await this.outbox.announceEach(tx, LINE_MOVED, submitted);
  }

  /**
   * Moves locked lines for which a device is held from now on; there is one statement each for all lines, their audit events and their
   * announcements.
   */
  async offer(tx: Tx, actor: string, offered: readonly OfferedLine[]): Promise<void> {
    const moved = await this.offered.move(tx, offered, actor, this.clock.now());
    await this.audit.recordEach(
      tx,
      moved.map(({ lineId }) => ({ actor, action: LINE_MOVED.event, subject: lineId, fields: ['state'] })),
    );
    await this.outbox.announceEach(tx, LINE_MOVED, moved);
  }

  private record(tx: Tx, actor: string, lineId: string, reason?: string | null): Promise<void> {
    return this.audit.record(tx, { actor, action: LINE_MOVED.event, subject: lineId, fields: ['state'], reason });
  }
}
