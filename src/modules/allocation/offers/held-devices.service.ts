import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { DeviceClaimRegistry } from '../../inventory/index.js';
import { OfferEndingService } from './offer-ending.service.js';
import { type Offer, OffersRepository } from './offers.repository.js';

/** A device that an offer holds for a line. */
export type HeldDevice = Pick<Offer, 'lineId' | 'deviceId'>;

/** What hand-overs need to know of offers and do with them, in their own transaction. */
@Injectable()
export class HeldDevicesService implements OnModuleInit {
  constructor(
    private readonly offers: OffersRepository,
    private readonly ending: OfferEndingService,
    private readonly claims: DeviceClaimRegistry,
  ) {}

  onModuleInit(): void {
    this.claims.join(async (tx, deviceId) => {
      const offerId = await this.offers.liveOfDevice(tx, deviceId);
      return offerId === null ? null : `Offer ${offerId}.`;
    });
  }

  /**
   * The devices that are held for lines of a household, whose lock the caller has. The caller locks them together with the devices that it
   * hands over.
   */
  of(tx: Tx, householdId: string): Promise<HeldDevice[]> {
    return this.offers.liveOfHousehold(tx, householdId);
  }

  /** For each of these locked devices that is held, the household that it is held for. Devices that are not held are left out. */
  holders(tx: Tx, deviceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.offers.holders(tx, deviceIds);
  }

  /** A line was fulfilled: if another device than the one handed over was held for it, that one becomes free. */
  async collected(tx: Tx, actor: { readonly id: string }, lineId: string): Promise<void> {
    const offer = await this.offers.lockLiveOfLine(tx, lineId);
    if (offer) await this.ending.end(tx, actor, offer, 'collect');
  }
}
