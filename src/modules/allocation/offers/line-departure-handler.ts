import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import {
  type Departure,
  type DepartureDecision,
  type DepartureHandler,
  DeparturesService,
  type LeftBehindRecord,
} from '../../households/index.js';
import { LineMovesService, RequestLinesService } from '../../requests/index.js';
import { OfferMovesService } from './offer-moves.service.js';

/** Decides what becomes of the lines of a learner who leaves, and of the devices that are held for them. */
@Injectable()
export class LineDepartureHandler implements DepartureHandler, OnModuleInit {
  readonly scope = 'requests:write';

  constructor(
    private readonly departures: DeparturesService,
    private readonly lines: RequestLinesService,
    private readonly moves: LineMovesService,
    private readonly holdings: OfferMovesService,
  ) {}

  onModuleInit(): void {
    this.departures.join(this);
  }

  async left(tx: Tx, { householdId, leaving }: Departure): Promise<LeftBehindRecord[]> {
    const open = await this.lines.openFor(tx, householdId, leaving);
    return open.map(({ id, class: deviceClass }) => ({ kind: 'line', id, name: `line ${id} (${deviceClass})` }));
  }

  async settle(tx: Tx, actor: Actor, departure: Departure, { id }: LeftBehindRecord, decision: DepartureDecision): Promise<Outcome<void>> {
    if (decision === 'keep') {
      await this.lines.keepFor(tx, actor.id, id, departure.staying);
      return ok(undefined);
    }
    const moved = await this.moves.moveInside(tx, actor, id, 'withdraw', {}, this.holdings);
    return moved.ok ? ok(undefined) : moved;
  }
}
