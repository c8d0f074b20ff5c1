import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { DeviceClaimRegistry } from '../../inventory/index.js';
import { OfferEndingService } from './offer-ending.service.js';
import { type Offer, OffersRepository } from './offers.repository.js';

/** A device that an offer holds for a line. */
export type HeldDevice = Pick<Offer, 'lineId' | 'deviceId'>;

/** What hand-overs ask of offers and do to them, inside their own transaction. */
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

  /** The devices that are held for lines of a household whose lock the caller has: to be locked with those that it is given. */
  of(tx: Tx, householdId: string): Promise<HeldDevice[]> {
    return this.offers.liveOfHousehold(tx, householdId);
  }

  /** For which household each of these locked devices is held; those that are held for nobody are left out. */
  holders(tx: Tx, deviceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.offers.holders(tx, deviceIds);
  }

  /** A line was fulfilled: whatever was held for it, other than what has been handed over, is free. */
  async collected(tx: Tx, actor: { readonly id: string }, lineId: string): Promise<void> {
    const offer = await this.offers.lockLiveOfLine(tx, lineId);
    if (offer) await this.ending.end(tx, actor, offer, 'collect');
  }
}
