import { Injectable } from '@nestjs/common';
import { Audit, Clock, Outbox, type Tx } from '../../../platform/index.js';
import { invalid, type Outcome, refusedFor, unknownReference } from '../../../shared/denial.js';
import { attempt } from '../../../shared/machine.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import type { HoldingsHandler, LineMove, LineMoveArguments, RequestLine } from '../../requests/index.js';
import { type OfferEnd, offerMachine } from '../domain/offer.machine.js';
import { pickupExpiresAt } from '../domain/offer.rules.js';
import { bookingRefusals } from '../domain/pickup-slot.rules.js';
import { OfferEndingService } from './offer-ending.service.js';
import { OFFER_ENDS } from './offer-expiry.jobs.js';
import { OfferSettingsReader, policyFor } from './offer-settings.js';
import { type LineHousehold, type Offer, type OfferDevice, OffersRepository } from './offers.repository.js';
import { PickupSlotsRepository } from '../pickups/pickup-slots.repository.js';
import { promisedBefore, promiseFacts } from './promise-facts.js';

type Booking = 'accept' | 'rebook';

/** How each move of a line ends the line's live offer. The other moves are not possible while there is one. */
const ENDS: Partial<Record<LineMove, OfferEnd>> = { decline: 'decline', revoke: 'revoke', withdraw: 'withdraw' };

/** What a move of a line does to its offer: to the device that is held, and to the place in a slot. */
@Injectable()
export class OfferMovesService implements HoldingsHandler {
  constructor(
    private readonly offers: OffersRepository,
    private readonly slots: PickupSlotsRepository,
    private readonly settings: OfferSettingsReader,
    private readonly ending: OfferEndingService,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async follow(tx: Tx, actor: Actor, line: RequestLine, move: LineMove, said: LineMoveArguments): Promise<Outcome<void>> {
    const offer = await this.offers.lockLiveOfLine(tx, line.id);
    if (!offer) return ok(undefined);
    if (move === 'accept' || move === 'rebook') return this.book(tx, actor, line, offer, move, said.pickupSlotId ?? null);
    const end = ENDS[move];
    if (end === undefined) throw new Error(`a line with an offer cannot ${move}`);
    await this.ending.end(tx, actor, offer, end);
    return ok(undefined);
  }

  /** Accepts the offer: holds the device until it is collected, with a place in the chosen slot or without one. */
  private async book(tx: Tx, actor: Actor, line: RequestLine, offer: Offer, move: Booking, slotId: string | null): Promise<Outcome<void>> {
    // The fund stays locked. Whoever changes it either finished before this check, or will see for which day the device is promised.
    const device = (await this.offers.lockDevicesToPromise(tx, [offer.deviceId])).get(offer.deviceId) as OfferDevice;
    const wanted = [slotId, offer.pickupSlotId].filter((id) => id !== null);
    const slots = await this.slots.lock(tx, wanted);
    const slot = slotId === null ? null : (slots.get(slotId) ?? null);
    if (slotId !== null && !slot) return invalid(unknownReference('/pickupSlotId'));
    const now = this.clock.now();
    const settings = await this.settings.readKept(tx);
    const today = this.clock.today(settings.timeZone);
    const household = (await this.offers.households(tx, [line.id], today)).get(line.id) as LineHousehold;
    const policy = policyFor(settings, line, household, device);
    const promise = promiseFacts({ line, household, device, policy, promised: promisedBefore(offer, household, device.category) });
    const reasons = bookingRefusals({ offer: { ...offer, siteId: device.siteId }, slot, promise }, settings, now);
    if (reasons.length > 0) return refusedFor(reasons);
    const to = attempt(offerMachine, offer.state, move);
    if (!to.ok) throw new Error(`a line whose offer is ${offer.state} cannot ${move}`);

    const expiresAt = pickupExpiresAt(slot, today, policy, settings.timeZone);
    await this.offers.change(tx, offer, { state: to.value, expiresAt, timeZone: settings.timeZone, pickupSlotId: slotId }, now);
    await this.audit.record(tx, {
      actor: actor.id,
      action: move === 'accept' ? 'offer.accepted' : 'offer.rebooked',
      subject: offer.id,
      fields: ['pickupSlotId', ...(move === 'accept' ? ['state'] : [])],
    });
    await this.outbox.add(tx, OFFER_ENDS, { offerId: offer.id }, { at: expiresAt });
    return ok(undefined);
  }
}
