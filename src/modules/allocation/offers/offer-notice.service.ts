import { Injectable } from '@nestjs/common';
import { Audit, Clock, Outbox, type Tx } from '../../../platform/index.js';
import { dayIn } from '../../../shared/day.js';
import { RequestLinesService } from '../../requests/index.js';
import { offerExpiresAfterNotice } from '../domain/offer.rules.js';
import { OFFER_ENDS } from './offer-expiry.jobs.js';
import { OfferSettingsReader, policyFor } from './offer-settings.js';
import { type LineHousehold, type Offer, type OfferDevice, OffersRepository } from './offers.repository.js';

/** What notices report about offers, in their own transaction: when the family was told, or that it cannot be reached. */
@Injectable()
export class OfferNoticeService {
  constructor(
    private readonly offers: OffersRepository,
    private readonly settings: OfferSettingsReader,
    private readonly lines: RequestLinesService,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * A notice of the offer left. The first one decides until when the offer is held; with `byLetter` the days of the post are added. Returns
   * whether it was the first notice of an offer that can still be accepted.
   */
  async left(tx: Tx, offerId: string, at: Date, { byLetter }: { readonly byLetter: boolean }): Promise<boolean> {
    const offer = await this.lockOpen(tx, offerId);
    if (!offer) return false;
    if (offer.noticeLeftAt !== null) {
      if (offer.undeliverableAt !== null) await this.offers.setUndeliverable(tx, offer.id, null, at);
      return false;
    }
    const [line] = await this.lines.lockMany(tx, [offer.lineId]);
    const device = (await this.offers.lockDevices(tx, [offer.deviceId])).get(offer.deviceId) as OfferDevice;
    if (!line) throw new Error('an offer without its line');
    const settings = await this.settings.read(tx);
    const today = this.clock.today(settings.timeZone);
    const household = (await this.offers.households(tx, [offer.lineId], today)).get(offer.lineId) as LineHousehold;
    const policy = policyFor(settings, line, household, device);
    const expiresAt = offerExpiresAfterNotice(dayIn(at, settings.timeZone), policy, settings, byLetter);
    await this.offers.noticeLeft(tx, { id: offer.id, expiresAt, timeZone: settings.timeZone }, at);
    await this.audit.record(tx, { actor: 'system', action: 'offer.told', subject: offer.id, fields: ['expiresAt', 'noticeLeftAt'] });
    if (expiresAt.getTime() !== offer.expiresAt.getTime()) await this.outbox.add(tx, OFFER_ENDS, { offerId: offer.id }, { at: expiresAt });
    return true;
  }

  /** No notice of the offer has been delivered or will be. When the offer ends, it does not count as missed. */
  async undeliverable(tx: Tx, offerId: string): Promise<void> {
    const offer = await this.lockOpen(tx, offerId);
    if (!offer || offer.undeliverableAt !== null) return;
    const now = this.clock.now();
    await this.offers.setUndeliverable(tx, offer.id, now, now);
    await this.audit.record(tx, { actor: 'system', action: 'offer.undeliverable', subject: offer.id, fields: ['undeliverableAt'] });
  }

  private async lockOpen(tx: Tx, offerId: string): Promise<Offer | null> {
    const lineId = await this.offers.lineOf(tx, offerId);
    if (lineId === null || !(await this.lines.lockHousehold(tx, lineId))) return null;
    const offer = await this.offers.lockLive(tx, offerId);
    return offer?.state === 'open' ? offer : null;
  }
}
