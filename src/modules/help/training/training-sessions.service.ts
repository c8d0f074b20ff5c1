import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { invalid, notFound, type Outcome, stale, unknownReference } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import { withoutUndefined } from '../../../shared/without-undefined.js';
import { type Actor, CouncilsRepository } from '../../councils/index.js';
import { sessionFaults } from '../domain/training.rules.js';
import {
  type NewSession,
  type NextSession,
  type SessionFilter,
  type TrainingSession,
  TrainingSessionsRepository,
} from './training-sessions.repository.js';

export interface SessionChanges extends Partial<Pick<TrainingSession, 'title' | 'language' | 'startsAt' | 'endsAt' | 'places'>> {
  readonly cancelled?: boolean;
}

/** The workshops of a council. */
@Injectable()
export class TrainingSessionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: TrainingSessionsRepository,
    private readonly councils: CouncilsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * In the order in which they begin. Returns one more than `limit` when more follow. A desk agent sees those of the own site. A school
   * administrator sees those of all sites, because families of the school may go there. A family sees those that are to come and take place.
   */
  list(
    actor: Actor,
    { siteId, from, to }: Omit<SessionFilter, 'reach' | 'held'>,
    after: readonly [string, string] | null,
    limit: number,
  ): Promise<(TrainingSession & { readonly hasPlace: boolean })[]> {
    return this.transactions.read(actor.councilId, (tx) => {
      if (!actor.family) return this.sessions.list(tx, { siteId, from, to, reach: actor.reach.siteId, held: null }, null, after, limit);
      const now = this.clock.now();
      const filter = { siteId, from: from && from > now ? from : now, to, reach: null, held: true } as const;
      return this.sessions.list(tx, filter, actor.family.householdId, after, limit);
    });
  }

  find(actor: Actor, id: string): Promise<Outcome<TrainingSession>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const session = await this.sessions.find(tx, actor.reach.siteId, id);
      return session ? ok(session) : notFound();
    });
  }

  /** The next workshop of a council, for anybody; null when none is planned. */
  next(councilId: string): Promise<NextSession | null> {
    return this.transactions.read(councilId, (tx) => this.sessions.next(tx, this.clock.now()));
  }

  /** A school administrator plans workshops at the sites of the school, a desk agent at the own site. */
  create(actor: Actor, asked: Omit<NewSession, 'id'>): Promise<Outcome<TrainingSession>> {
    return this.transactions.write(actor, async (tx) => {
      if (!(await this.sessions.isSiteInReach(tx, actor.reach, asked.siteId))) return invalid(unknownReference('/siteId'));
      const now = this.clock.now();
      const { timeZone } = await this.councils.facts(tx);
      const faults = sessionFaults(asked, { booked: 0, timeZone, now, isMoved: true });
      if (faults.length > 0) return invalid(...faults);
      const session = await this.sessions.insert(tx, { id: newId(), ...asked }, now);
      tx.made('training_session', session.id);
      await this.audit.record(tx, { actor: actor.id, action: 'training_session.created', subject: session.id });
      return ok(session);
    });
  }

  /** Changes the values that are given; undefined means no change. Who has a place keeps it. */
  update(actor: Actor, id: string, expected: ExpectedVersion, changes: SessionChanges): Promise<Outcome<TrainingSession>> {
    return this.transactions.write(actor, async (tx) => {
      const before = await this.sessions.lock(tx, actor.reach.siteId, id);
      if (!before || !(await this.sessions.isSiteInReach(tx, actor.reach, before.siteId))) return notFound();
      if (!isExpected(expected, before.version)) return stale();
      const now = this.clock.now();
      const { cancelled, ...values } = withoutUndefined(changes);
      const cancelledAt = cancelled === undefined ? before.cancelledAt : cancelled ? (before.cancelledAt ?? now) : null;
      const next: TrainingSession = { ...before, ...values, cancelledAt, version: before.version + 1, updatedAt: now };
      const { timeZone } = await this.councils.facts(tx);
      const isMoved = next.startsAt.getTime() !== before.startsAt.getTime();
      const faults = sessionFaults(next, { booked: before.booked, timeZone, now, isMoved });
      if (faults.length > 0) return invalid(...faults);
      await this.sessions.save(tx, next);
      await this.audit.record(tx, { actor: actor.id, action: 'training_session.changed', subject: id, fields: Object.keys(changes) });
      return ok(next);
    });
  }
}
