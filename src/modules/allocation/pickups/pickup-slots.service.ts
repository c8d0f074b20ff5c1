import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { invalid, notFound, type Outcome, unknownReference } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { ok } from '../../../shared/result.js';
import { type Actor, CouncilsRepository } from '../../councils/index.js';
import { slotFaults } from '../domain/pickup-slot.rules.js';
import { type NewSlot, type PickupSlot, PickupSlotsRepository, type SlotFilter } from './pickup-slots.repository.js';

/** The times at which families may collect their devices. */
@Injectable()
export class PickupSlotsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly slots: PickupSlotsRepository,
    private readonly councils: CouncilsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * In the order in which they begin. Returns one more than `limit` when more follow. A desk agent sees the slots of the own site. A school
   * administrator sees those of all sites, because families of the school may go there.
   */
  list(actor: Actor, filter: Omit<SlotFilter, 'reach'>, after: readonly [string, string] | null, limit: number): Promise<PickupSlot[]> {
    return this.transactions.read(actor.councilId, (tx) => this.slots.list(tx, { ...filter, reach: actor.reach.siteId }, after, limit));
  }

  find(actor: Actor, id: string): Promise<Outcome<PickupSlot>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const slot = await this.slots.find(tx, id);
      return slot ? ok(slot) : notFound();
    });
  }

  /** A school administrator may create slots only at the sites of the school. */
  create(actor: Actor, asked: Omit<NewSlot, 'id'>): Promise<Outcome<PickupSlot>> {
    return this.transactions.write(actor, async (tx) => {
      const site = await this.slots.site(tx, actor.reach, asked.siteId);
      if (!site) return invalid(unknownReference('/siteId'));
      const now = this.clock.now();
      const faults = slotFaults(asked, site.openingHours, await this.councils.facts(tx), now);
      if (faults.length > 0) return invalid(...faults);
      const slot = await this.slots.insert(tx, { id: newId(), ...asked }, now);
      tx.made('pickup_slot', slot.id);
      await this.audit.record(tx, { actor: actor.id, action: 'pickup_slot.created', subject: slot.id });
      return ok(slot);
    });
  }
}
