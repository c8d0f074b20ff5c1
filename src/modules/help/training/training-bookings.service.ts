import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import { invalid, notFound, type Outcome, refusedFor, unknownReference } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type Actor, reachInto } from '../../councils/index.js';
import { HouseholdCardsService, HouseholdsRepository, type WithHousehold } from '../../households/index.js';
import { trainingRefusals } from '../domain/training.rules.js';
import { type TrainingBooking, TrainingBookingsRepository } from './training-bookings.repository.js';
import { TrainingSessionsRepository } from './training-sessions.repository.js';

/** Places in workshops: a family books for itself, staff for a household. */
@Injectable()
export class TrainingBookingsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: TrainingSessionsRepository,
    private readonly bookings: TrainingBookingsRepository,
    private readonly households: HouseholdsRepository,
    private readonly cards: HouseholdCardsService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Who comes to a workshop at a site within reach. Returns one more than `limit` when more follow. */
  list(actor: Actor, sessionId: string, after: string | null, limit: number): Promise<Outcome<(TrainingBooking & WithHousehold)[]>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const session = await this.sessions.find(tx, actor.reach.siteId, sessionId);
      if (!session || !(await this.sessions.isSiteInReach(tx, actor.reach, session.siteId))) return notFound();
      return ok(await this.cards.attachAtDesk(tx, actor, await this.bookings.list(tx, sessionId, after, limit)));
    });
  }

  find(actor: Actor, sessionId: string, householdId: string): Promise<Outcome<TrainingBooking & WithHousehold>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      if (!(await this.isInReach(tx, actor, householdId))) return notFound();
      if (!(await this.sessions.find(tx, siteFor(actor), sessionId))) return notFound();
      const booking = await this.bookings.find(tx, sessionId, householdId);
      return booking ? ok(await this.named(tx, actor, booking)) : notFound();
    });
  }

  /** Gives the household a place. The workshop is locked, so that of many who want the last place one gets it. */
  book(actor: Actor, sessionId: string, householdId: string): Promise<Outcome<TrainingBooking & WithHousehold>> {
    return this.transactions.write(actor, async (tx) => {
      const session = await this.sessions.lock(tx, siteFor(actor), sessionId);
      if (!session) return notFound();
      if (!(await this.isInReach(tx, actor, householdId))) return actor.family ? notFound() : invalid(unknownReference('/householdId'));
      const hasPlace = (await this.bookings.find(tx, sessionId, householdId)) !== null;
      const now = this.clock.now();
      const reasons = trainingRefusals({ session, hasPlace }, now);
      if (reasons.length > 0) return refusedFor(reasons);
      const booking = await this.bookings.insert(tx, { sessionId, householdId, bookedBy: actor.id, bookedAt: now });
      tx.made('training_booking', householdId);
      await this.audit.record(tx, { actor: actor.id, action: 'training_booking.made', subject: sessionId });
      return ok(await this.named(tx, actor, booking));
    });
  }

  /** Takes the place of the household back, for another one. */
  cancel(actor: Actor, sessionId: string, householdId: string): Promise<Outcome<null>> {
    return this.transactions.write(actor, async (tx) => {
      if (!(await this.sessions.lock(tx, siteFor(actor), sessionId))) return notFound();
      if (!(await this.isInReach(tx, actor, householdId))) return notFound();
      if (!(await this.bookings.cancel(tx, sessionId, householdId))) return notFound();
      await this.audit.record(tx, { actor: actor.id, action: 'training_booking.cancelled', subject: sessionId });
      return ok(null);
    });
  }

  private async isInReach(tx: Tx, actor: Actor, householdId: string): Promise<boolean> {
    return (await this.households.inReach(tx, reachInto(actor, householdId), householdId)) !== null;
  }

  private async named(tx: Tx, actor: Actor, booking: TrainingBooking): Promise<TrainingBooking & WithHousehold> {
    const [named] = await this.cards.attachAtDesk(tx, actor, [booking]);
    return named ?? { ...booking, household: null };
  }
}

/** The only site whose workshops the actor reaches; a family, like a school, those of all sites. */
const siteFor = ({ family, reach }: Actor): string | null => (family === null ? reach.siteId : null);
