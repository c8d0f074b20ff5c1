import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import { invalid, notFound, type Outcome, unknownReference } from '../../../shared/denial.js';
import { newId, NIL_ID } from '../../../shared/ids.js';
import { ok } from '../../../shared/result.js';
import { type Actor, CouncilsRepository, type Family } from '../../councils/index.js';
import { slotFaults } from '../domain/pickup-slot.rules.js';
import { type NewSlot, type PickupSlot, PickupSlotsRepository, type SlotFilter } from './pickup-slots.repository.js';

/** Where a device is held for a family, and when it can be collected there. */
export interface Collection {
  readonly siteId: string;
  /** Those that begin later and have a place left, in the order in which they begin. */
  readonly slots: readonly PickupSlot[];
}

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
   * administrator sees those of all sites, because families of the school may go there. A family sees those of a site where a device is held
   * for it.
   */
  list(actor: Actor, filter: Omit<SlotFilter, 'reach'>, after: readonly [string, string] | null, limit: number): Promise<PickupSlot[]> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const reach = actor.family ? await this.siteOf(tx, actor.family, filter.siteId) : actor.reach.siteId;
      return this.slots.list(tx, { ...filter, reach }, after, limit);
    });
  }

  /** Where and when a family can collect what is held for it by an offer: the next slots, at most `limit`. */
  collectionOf({ councilId, family }: Actor, offerId: string, limit: number): Promise<Outcome<Collection>> {
    if (!family) return Promise.resolve(notFound());
    return this.transactions.read(councilId, async (tx) => {
      const siteId = await this.slots.siteOfOffer(tx, family.householdId, offerId);
      if (siteId === null) return notFound();
      const slots = await this.slots.list(tx, { siteId, from: this.clock.now(), reach: siteId }, null, limit);
      return ok({ siteId, slots: slots.slice(0, limit).filter(({ booked, capacity }) => booked < capacity) });
    });
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

  /** The site that a family means, if a device is held for it there; else the id of none. */
  private async siteOf(tx: Tx, { householdId }: Family, asked: string | undefined): Promise<string> {
    const sites = await this.slots.sitesWithOffers(tx, householdId);
    const meant = asked?.toLowerCase() ?? (sites.length === 1 ? sites[0] : undefined);
    return sites.find((site) => site === meant) ?? NIL_ID;
  }
}
