import { Injectable } from '@nestjs/common';
import { Transactions, type Tx } from '../../../platform/index.js';
import { notFound, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type Actor, reachOfList, reachOver } from '../../councils/index.js';
import { HouseholdCardsService, SharedFilesService, type WithHousehold } from '../../households/index.js';
import {
  type LineInQueue,
  type PlacedLine,
  type QueueFilter,
  type QueueKey,
  QueueRepository,
  type RequestInQueue,
} from './queue.repository.js';
import { withoutChoices, withoutPlace } from '../domain/hidden-of-shared-files.js';
import { type Request, RequestsRepository } from '../intake/requests.repository.js';
import type { RequestWithLines } from '../intake/requests.service.js';

type QueueListFilter = Omit<QueueFilter, 'reach'>;

/** A request with its lines, each with its place in the queue while it waits. */
type RequestWithPlaces = RequestWithLines & WithHousehold;

/** Reads the queue: lists of lines and of requests, by id or in the order in which they are served. */
@Injectable()
export class QueueService {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: QueueRepository,
    private readonly requests: RequestsRepository,
    private readonly households: HouseholdCardsService,
    private readonly shared: SharedFilesService,
  ) {}

  find(actor: Actor, lineId: string): Promise<Outcome<LineInQueue>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const { schoolId } = await reachOver(actor, () => this.requests.householdOfLine(tx, lineId));
      const line = await this.queue.find(tx, schoolId, lineId);
      return line ? ok(await this.shared.one(tx, actor, line, withoutPlace)) : notFound();
    });
  }

  linesById(actor: Actor, filter: QueueListFilter, after: string | null, limit: number): Promise<(PlacedLine & WithHousehold)[]> {
    return this.transactions.read(actor.councilId, async (tx) =>
      this.lines(tx, actor, await this.queue.linesById(tx, reaching(actor, filter), after, limit)),
    );
  }

  linesByPlace(actor: Actor, filter: QueueListFilter, after: QueueKey | null, limit: number): Promise<(PlacedLine & WithHousehold)[]> {
    return this.transactions.read(actor.councilId, async (tx) =>
      this.lines(tx, actor, await this.queue.linesByPlace(tx, reaching(actor, filter), after, limit)),
    );
  }

  requestsById(actor: Actor, filter: QueueListFilter, after: string | null, limit: number): Promise<RequestWithPlaces[]> {
    return this.transactions.read(actor.councilId, async (tx) =>
      this.whole(tx, actor, await this.queue.requestsById(tx, reaching(actor, filter), after, limit)),
    );
  }

  requestsByPlace(
    actor: Actor,
    filter: QueueListFilter,
    after: QueueKey | null,
    limit: number,
  ): Promise<(RequestInQueue & RequestWithLines & WithHousehold)[]> {
    return this.transactions.read(actor.councilId, async (tx) =>
      this.whole(tx, actor, await this.queue.requestsByPlace(tx, reaching(actor, filter), after, limit)),
    );
  }

  private async lines(tx: Tx, actor: Actor, rows: readonly PlacedLine[]): Promise<(PlacedLine & WithHousehold)[]> {
    return this.households.attach(tx, actor, await this.shared.shown(tx, actor, rows, withoutPlace));
  }

  private async whole<Row extends Request>(
    tx: Tx,
    actor: Actor,
    requests: readonly Row[],
  ): Promise<(Row & RequestWithLines & WithHousehold)[]> {
    const lines = await this.queue.linesOf(
      tx,
      requests.map(({ id }) => id),
    );
    const shown = await this.shared.shown(tx, actor, requests, withoutChoices);
    return this.households.attach(tx, actor, withLines(shown, await this.shared.shown(tx, actor, lines, withoutPlace)));
  }
}

function reaching(actor: Actor, filter: QueueListFilter): QueueFilter {
  const { householdId, reach } = reachOfList(actor, filter.householdId);
  return { ...filter, householdId, reach: reach.schoolId };
}

function withLines<Row extends Request>(requests: readonly Row[], lines: readonly PlacedLine[]): (Row & RequestWithLines)[] {
  const byRequest = new Map<string, PlacedLine[]>(requests.map(({ id }) => [id, []]));
  for (const line of lines) byRequest.get(line.requestId)?.push(line);
  return requests.map((request) => ({ ...request, lines: byRequest.get(request.id) ?? [] }));
}
