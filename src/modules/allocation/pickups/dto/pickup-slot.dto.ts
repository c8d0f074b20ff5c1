import { Field, PageQuery, Parameter, VersionedView } from '../../../../platform/http/index.js';
import type { PickupSlot } from '../pickup-slots.repository.js';

export class PickupSlotsQuery extends PageQuery {
  @Parameter.uuid()
  siteId?: string;

  @Parameter.instant({ about: 'those that begin at this instant or later' })
  from?: string;

  @Parameter.instant({ about: 'those that begin before this instant' })
  to?: string;
}

export class PickupSlotBody {
  @Field.uuid()
  siteId: string;

  @Field.instant({ example: '2026-11-04T08:00:00.000Z', about: 'within the opening hours of the site, on an open day' })
  startsAt: string;

  @Field.instant({ example: '2026-11-04T08:30:00.000Z' })
  endsAt: string;

  @Field.integer({ min: 1, max: 1000, example: 4, about: 'most families that may come in this time' })
  capacity: number;
}

export class PickupSlotView extends VersionedView {
  @Field.uuid()
  siteId: string;

  @Field.instant({ example: '2026-11-04T08:00:00.000Z' })
  startsAt: string;

  @Field.instant({ example: '2026-11-04T08:30:00.000Z' })
  endsAt: string;

  @Field.integer({ min: 1, example: 4, about: 'most families that may come in this time' })
  capacity: number;

  @Field.integer({ example: 1, about: 'how many places are taken; never more than capacity' })
  booked: number;

  static of(slot: PickupSlot): PickupSlotView {
    const { siteId, startsAt, endsAt, capacity, booked } = slot;
    return { ...VersionedView.parts(slot), siteId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), capacity, booked };
  }
}
