import { Field, PageQuery, Parameter } from '../../../../platform/http/index.js';
import type { Day } from '../../../../shared/day.js';
import { DEVICE_CATEGORIES, type DeviceCategory } from '../../../../shared/vocabulary.js';
import type { WithHousehold } from '../../../households/index.js';
import { HouseholdCardField, type HouseholdCardView } from '../../../households/http.js';
import { PICKUP_STATES, type Pickup } from '../pickups.repository.js';

export class PickupsQuery extends PageQuery {
  @Parameter.uuid({ about: 'the desk; left out: that of the desk agent who asks, everybody else must name it' })
  siteId?: string;

  @Parameter.day({ about: 'left out: today' })
  day?: Day;
}

/** A family that comes to a desk to collect what is held for it. */
export class PickupView {
  @Field.uuid()
  offerId: string;

  @Field.uuid()
  lineId: string;

  @Field.uuid()
  householdId: string;

  @HouseholdCardField()
  household: HouseholdCardView | null;

  @Field.uuid()
  deviceId: string;

  @Field.text({ example: 'LT-0001' })
  assetTag: string;

  @Field.oneOf(DEVICE_CATEGORIES, { example: 'laptop' })
  category: DeviceCategory;

  @Field.oneOf(PICKUP_STATES, { example: 'accepted', about: 'collected: it was handed over' })
  state: Pickup['state'];

  @Field.uuid({ nullable: true, about: 'null: no time was booked, and the family may come on any day until it expires' })
  pickupSlotId: string | null;

  @Field.instant({ nullable: true, example: '2026-11-04T08:00:00.000Z' })
  startsAt: string | null;

  @Field.instant({ nullable: true, example: '2026-11-04T08:30:00.000Z' })
  endsAt: string | null;

  @Field.instant({ example: '2026-11-04T23:00:00.000Z', about: 'until when the device is held' })
  expiresAt: string;

  static of(pickup: Pickup & WithHousehold): PickupView {
    const { offerId, lineId, householdId, household, deviceId, assetTag, category, state, pickupSlotId, startsAt, endsAt } = pickup;
    return {
      offerId,
      lineId,
      householdId,
      household,
      deviceId,
      assetTag,
      category,
      state,
      pickupSlotId,
      startsAt: startsAt?.toISOString() ?? null,
      endsAt: endsAt?.toISOString() ?? null,
      expiresAt: pickup.expiresAt.toISOString(),
    };
  }
}
