import { Injectable } from '@nestjs/common';
import { Audit, Clock, type Job, jobKind, Outbox, type Tx } from '../../platform/index.js';
import type { LoanPolicy } from '../councils/index.js';
import { afterMissedOffer, type RequestLine, RequestLines } from '../requests/index.js';
import { pickupExpiresAt } from './domain/offer.rules.js';
import { isOnClosedDay } from './domain/pickup-slot.rules.js';
import { OfferEnding } from './offer-ending.js';
import { type OfferSetting, OfferSettings, policyFor } from './offer-setting.js';
import { type Offer, OffersRepository } from './offers.repository.js';
import { PickupSlotsRepository } from './pickup-slots.repository.js';

/** An offer's time, to be accepted or to be collected, has run out. */
export const OFFER_ENDS = jobKind('offer.ends');

const SYSTEM = { id: 'system' };

/** Ends offers whose time has run out, and those whose device is gone. */
@Injectable()
export class OfferExpiryService {
  constructor(
    private readonly offers: OffersRepository,
    private readonly settings: OfferSettings,
    private readonly ending: OfferEnding,
    private readonly slots: PickupSlotsRepository,
    private readonly lines: RequestLines,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Looks at the offer again: it may have ended, or been given more time, which has a job of its own. */
  expire(job: Job): Promise<void> {
    const offerId = String(job.ids.offerId);
    return job.complete(async (tx) => {
      const lineId = await this.offers.lineOf(tx, offerId);
      if (lineId === null || !(await this.lines.lockHousehold(tx, lineId))) return;
      const offer = await this.offers.lockLive(tx, offerId);
      if (!offer || offer.expiresAt > this.clock.now()) return;
      if (await this.isSlotClosed(tx, offer)) await this.postpone(tx, offer);
      else await this.miss(tx, offer);
    });
  }

  /** A device that was held went missing: the family is not to blame, and waits where it was. */
  revokeMissing(job: Job): Promise<void> {
    const deviceId = String(job.ids.deviceId);
    return job.complete(async (tx) => {
      const lineId = await this.offers.lineOfDevice(tx, deviceId);
      if (lineId === null || !(await this.lines.lockHousehold(tx, lineId))) return;
      const offer = await this.offers.lockLiveOfDevice(tx, deviceId);
      const device = (await this.offers.lockDevices(tx, [deviceId])).get(deviceId);
      if (offer?.lineId !== lineId || device?.status === 'reserved') return;
      const [line] = await this.lines.lockMany(tx, [lineId]);
      if (!line) return;
      await this.ending.end(tx, SYSTEM, offer, 'revoke');
      await this.lines.endOffer(tx, SYSTEM.id, line, 'revoke', 'waiting');
    });
  }

  /** Whether a family could not come in the time that it had chosen: the day was closed afterwards. */
  private async isSlotClosed(tx: Tx, { pickupSlotId }: Offer): Promise<boolean> {
    const slot = pickupSlotId === null ? undefined : (await this.slots.lock(tx, [pickupSlotId])).get(pickupSlotId);
    return slot !== undefined && isOnClosedDay(slot, await this.settings.read(tx));
  }

  /** Holds an accepted device as if it had been accepted now, without a slot. */
  private async postpone(tx: Tx, offer: Offer): Promise<void> {
    const setting = await this.settings.read(tx);
    const expiresAt = pickupExpiresAt(null, this.clock.today(setting.timeZone), await this.policyOf(tx, offer, setting), setting.timeZone);
    await this.offers.change(tx, offer, { state: offer.state, expiresAt, pickupSlotId: null }, this.clock.now());
    await this.audit.record(tx, {
      actor: SYSTEM.id,
      action: 'offer.postponed',
      subject: offer.id,
      fields: ['expiresAt', 'pickupSlotId'],
    });
    await this.outbox.add(tx, OFFER_ENDS, { offerId: offer.id }, { at: expiresAt });
  }

  private async policyOf(tx: Tx, { lineId, deviceId }: Offer, setting: OfferSetting): Promise<LoanPolicy> {
    const [line] = await this.lines.lockMany(tx, [lineId]);
    const household = (await this.offers.households(tx, [lineId])).get(lineId);
    const device = (await this.offers.lockDevices(tx, [deviceId])).get(deviceId);
    if (!line || !household || !device) throw new Error('an offer without its line, its household or its device');
    return policyFor(setting, line, household, device);
  }

  /** Of an offer that no notice told of: the mark stays for whoever reviews the line. */
  private async takeBack(tx: Tx, offer: Offer, line: RequestLine): Promise<void> {
    const now = this.clock.now();
    if (offer.undeliverableAt === null) await this.offers.setUndeliverable(tx, offer.id, now, now);
    const marked = (await this.offers.lockLive(tx, offer.id)) as Offer;
    await this.ending.end(tx, SYSTEM, marked, 'revoke');
    await this.lines.endOffer(tx, SYSTEM.id, line, 'revoke', 'waiting');
  }

  private async miss(tx: Tx, offer: Offer): Promise<void> {
    const move = offer.state === 'open' ? 'expire_offer' : 'expire_pickup';
    const [line] = await this.lines.lockMany(tx, [offer.lineId]);
    if (!line) throw new Error('an offer without its line');
    // Nobody has missed what nobody was told of.
    if (offer.state === 'open' && (offer.noticeLeftAt === null || offer.undeliverableAt !== null)) return this.takeBack(tx, offer, line);
    await this.ending.end(tx, SYSTEM, offer, move);
    const policy = await this.policyOf(tx, offer, await this.settings.read(tx));
    await this.lines.endOffer(tx, SYSTEM.id, line, move, afterMissedOffer(await this.offers.missed(tx, line.id), policy));
  }
}
