import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import { notFound, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { PossibleDuplicatesRepository, type UnsettledDuplicate } from './possible-duplicates.repository.js';
import { newKeys, type PossibleDuplicate } from '../domain/possible-duplicate.rules.js';
import type { Household } from '../domain/household.js';

/** More duplicates would not help to decide. */
const MOST_SHOWN = 20;

/** A household that was just written, and its possible duplicates. */
export interface WrittenHousehold {
  readonly household: Household;
  readonly possibleDuplicates: readonly PossibleDuplicate[];
}

/** Shows possible duplicates to whoever writes a household; a person decides whether they are. */
@Injectable()
export class PossibleDuplicatesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: PossibleDuplicatesRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the possible duplicates that the caller may see. All of them are stored for the council's managers until somebody has settled
   * them. It is called in the transaction that writes the household, after the household was locked or made: of two users who register one
   * family at once, the later one sees the other.
   */
  async look(tx: Tx, actor: Actor, now: Household, before: Household | null): Promise<PossibleDuplicate[]> {
    const keys = newKeys(now, before);
    if (keys.locks.length === 0) return [];
    await this.repository.lock(tx, keys);
    const found = await this.repository.find(tx, keys, now.id, actor.reach.schoolId);
    await this.repository.keep(tx, now.id, found, this.clock.now());
    const shown = found.filter(({ inReach }) => inReach).slice(0, MOST_SHOWN);
    return shown.map(({ id, reference, because }) => ({ id, reference, because }));
  }

  /** Returns pairs, the oldest first, one more than `limit`. */
  list(councilId: string, after: string | null, limit: number): Promise<UnsettledDuplicate[]> {
    return this.transactions.read(councilId, (tx) => this.repository.open(tx, after, limit));
  }

  /** Settles a pair that a person has looked at: it leaves the list. */
  settle(actor: Actor, id: string): Promise<Outcome<void>> {
    return this.transactions.write(actor, async (tx) => {
      const householdId = await this.repository.settle(tx, id, this.clock.now(), actor.id);
      if (householdId === null) return notFound();
      await this.audit.record(tx, { actor: actor.id, action: 'household.duplicate_settled', subject: householdId });
      return ok(undefined);
    });
  }
}
