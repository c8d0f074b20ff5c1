import { Injectable } from '@nestjs/common';
import { Clock, type JobOf, type Tx } from '../../../platform/index.js';
import type { DEVICE_MISSING_FROM_OFFER } from '../../inventory/index.js';
import { afterMissedOffer, type RequestLine, RequestLinesService } from '../../requests/index.js';
import { OfferCalendarService } from '../pickups/offer-calendar.service.js';
import { OfferEndingService } from './offer-ending.service.js';
import type { OFFER_ENDS } from './offer-expiry.jobs.js';
import { OfferSettingsReader } from './offer-settings.js';
import { OfferWithdrawalService } from './offer-withdrawal.service.js';
import { type Offer, OffersRepository } from './offers.repository.js';

const SYSTEM = { id: 'system' };

/** Ends offers that have expired, and those whose device went missing. */
@Injectable()
export class OfferExpiryService {
  constructor(
    private readonly offers: OffersRepository,
    private readonly settings: OfferSettingsReader,
    private readonly ending: OfferEndingService,
    private readonly calendar: OfferCalendarService,
    private readonly withdrawal: OfferWithdrawalService,
    private readonly lines: RequestLinesService,
    private readonly clock: Clock,
  ) {}

  /** Reads the offer again: it may have ended, or it was prolonged and then has another job. */
  expire(job: JobOf<typeof OFFER_ENDS>): Promise<void> {
    const { offerId } = job.ids;
    return job.complete(async (tx) => {
      const lineId = await this.offers.lineOf(tx, offerId);
      if (lineId === null || !(await this.lines.lockHousehold(tx, lineId))) return;
      const offer = await this.offers.lockLive(tx, offerId);
      if (!offer || offer.expiresAt > this.clock.now()) return;
      if (await this.calendar.countNow(tx, offer)) return;
      if (!(await this.calendar.postponeClosed(tx, offer))) await this.miss(tx, offer);
    });
  }

  /** A device that is held went missing. The family is not to blame: its line waits at its old place. */
  revokeMissing(job: JobOf<typeof DEVICE_MISSING_FROM_OFFER>): Promise<void> {
    const { deviceId } = job.ids;
    return job.complete(async (tx) => {
      const lineId = await this.offers.lineOfDevice(tx, deviceId);
      if (lineId === null || !(await this.lines.lockHousehold(tx, lineId))) return;
      const offer = await this.offers.lockLiveOfDevice(tx, deviceId);
      const device = (await this.offers.lockDevices(tx, [deviceId])).get(deviceId);
      if (offer?.lineId !== lineId || device?.status === 'reserved') return;
      const [line] = await this.lines.lockMany(tx, [lineId]);
      if (line) await this.withdrawal.takeBack(tx, offer, line, ['DEVICE_NOT_AVAILABLE']);
    });
  }

  /** Ends an offer of which no notice was delivered. The offer keeps that mark for whoever reviews the line. */
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
    // An offer is not missed when its family was never told of it.
    if (offer.state === 'open' && (offer.noticeLeftAt === null || offer.undeliverableAt !== null)) return this.takeBack(tx, offer, line);
    await this.ending.end(tx, SYSTEM, offer, move);
    const policy = await this.calendar.policyOf(tx, offer, await this.settings.read(tx));
    await this.lines.endOffer(tx, SYSTEM.id, line, move, afterMissedOffer(await this.offers.missed(tx, line.id), policy));
  }
}
