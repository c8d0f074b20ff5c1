import { Injectable } from '@nestjs/common';
import { Audit, Clock, Outbox, type Tx } from '../../../platform/index.js';
import { attempt } from '../../../shared/machine.js';
import { DeviceMover } from '../../inventory/index.js';
import { OFFER_ENDED } from '../allocation.events.js';
import { isLive, type OfferEnd, offerMachine } from '../domain/offer.machine.js';
import { type Offer, type OfferDevice, OffersRepository } from './offers.repository.js';

/** Ends an offer in the caller's transaction: frees its device and its place in a slot. The caller moves the line. */
@Injectable()
export class OfferEndingService {
  constructor(
    private readonly offers: OffersRepository,
    private readonly devices: DeviceMover,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The offer must be locked and live. A device that is no longer reserved, since it was handed over or is missing, keeps its status. */
  async end(tx: Tx, actor: { readonly id: string }, offer: Offer, move: OfferEnd): Promise<void> {
    const { state: from } = offer;
    const to = attempt(offerMachine, from, move);
    if (!to.ok || !isLive(from)) throw new Error(`an offer that is ${from} cannot end by ${move}`);
    const device = (await this.offers.lockDevices(tx, [offer.deviceId])).get(offer.deviceId) as OfferDevice;
    if (device.status === 'reserved') {
      const released = await this.devices.moveLocked(tx, actor, [device], [{ deviceId: device.id, move: 'release' }]);
      if (!released.ok) throw new Error('a reserved device could not be released');
    }
    await this.offers.change(tx, offer, { ...offer, state: to.value }, this.clock.now());
    await this.audit.record(tx, { actor: actor.id, action: `offer.${to.value}`, subject: offer.id, fields: ['state'] });
    await this.outbox.announce(tx, OFFER_ENDED, { offerId: offer.id, from });
  }
}
