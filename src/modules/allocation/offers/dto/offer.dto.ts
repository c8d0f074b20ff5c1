import { Field, PageQuery, Parameter, VersionedView } from '../../../../platform/http/index.js';
import { states } from '../../../../shared/machine.js';
import type { WithHousehold } from '../../../households/index.js';
import { HouseholdCardField, type HouseholdCardView } from '../../../households/http.js';
import { offerMachine, type OfferState } from '../../domain/offer.machine.js';
import type { Offer } from '../offers.repository.js';

const OFFER_STATES = states(offerMachine);

export class OffersQuery extends PageQuery {
  @Parameter.oneOf(OFFER_STATES)
  state?: OfferState;

  @Parameter.uuid()
  lineId?: string;

  @Parameter.uuid()
  deviceId?: string;

  @Parameter.uuid()
  householdId?: string;
}

export class PlacementBody {
  @Field.uuid({ about: 'a line that waits' })
  lineId: string;

  @Field.uuid({ about: 'an available device that the line takes' })
  deviceId: string;

  @Field.text({
    max: 2000,
    about: 'in plain words, naming nobody: the family is told, and so are those that it passes over',
    example: 'Examen dans dix jours',
  })
  reason: string;
}

export class OfferView extends VersionedView {
  @Field.uuid()
  lineId: string;

  @Field.uuid()
  deviceId: string;

  @Field.instant({
    example: '2026-11-09T23:00:00.000Z',
    about:
      'the first instant at which the device is no longer held: for the answer while it is open, for its collection once it is accepted',
  })
  expiresAt: string;

  @Field.uuid({ nullable: true, about: 'the time that the family chose to collect it' })
  pickupSlotId: string | null;

  @Field.oneOf(OFFER_STATES, {
    example: 'open',
    about:
      'open: the family has not answered; accepted: it is to be collected; the others are ends: collected, declined, revoked (by staff), withdrawn (with its line), expired (no answer), pickup_expired (not collected)',
  })
  state: OfferState;

  @Field.instant({ nullable: true, about: 'when the first notice of it left: it is held from then on' })
  noticeLeftAt: string | null;

  @Field.instant({ nullable: true, about: 'since when no notice of it reaches anybody of the family; nobody misses such an offer' })
  undeliverableAt: string | null;

  @Field.texts({
    nullable: true,
    example: null,
    about:
      'with revoked, why it could no longer be honoured, by the codes with which the desk would have refused; null: it holds, or a person took it back',
  })
  withdrawnFor: string[] | null;

  static of(offer: Offer): OfferView {
    const { lineId, deviceId, expiresAt, pickupSlotId, state, noticeLeftAt, undeliverableAt, withdrawnFor } = offer;
    return {
      ...VersionedView.parts(offer),
      lineId,
      deviceId,
      expiresAt: expiresAt.toISOString(),
      pickupSlotId,
      state,
      noticeLeftAt: noticeLeftAt?.toISOString() ?? null,
      undeliverableAt: undeliverableAt?.toISOString() ?? null,
      withdrawnFor: withdrawnFor && [...withdrawnFor],
    };
  }
}

/** An offer as lists show it. */
export class ListedOfferView extends OfferView {
  @HouseholdCardField()
  household: HouseholdCardView | null;

  static override of(offer: Offer & WithHousehold): ListedOfferView {
    return Object.assign(OfferView.of(offer), { household: offer.household });
  }
}
