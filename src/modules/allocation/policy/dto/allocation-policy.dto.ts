import { Example, Field, orNull } from '../../../../platform/http/index.js';
import type { Day } from '../../../../shared/day.js';
import { DEVICE_CATEGORIES, type DeviceCategory } from '../../../../shared/vocabulary.js';
import type { AllocationPolicy } from '../../domain/allocation-policy.rules.js';
import type { StoredAllocationPolicy } from '../allocation-policies.repository.js';

const waiting = {
  min: 1,
  max: 3650,
  nullable: true,
  example: 90,
  about: 'a line that has waited for more days is on the review list; null: however long it waits',
} as const;

const nextRound = {
  example: '2026-11-16',
  about: 'the day for which the next round is planned, as families are told; null: nobody has said',
} as const;

export class ReserveBody {
  @Field.uuid({ ...orNull, about: 'null: every site' })
  siteId?: string | null;

  @Field.oneOf(DEVICE_CATEGORIES, { ...orNull, example: 'laptop', about: 'null: every category' })
  category?: DeviceCategory | null;

  @Field.integer({ max: 100_000, example: 2, about: 'available devices of each such pool that no round gives away' })
  devices: number;
}

@Example({ reserves: [{ category: 'laptop', devices: 2 }], maximumWaitingDays: 90 })
export class AllocationPolicyBody {
  @Field.nestedList(() => ReserveBody, { max: 1000, about: 'of several that hold, one with a site beats one without; then category' })
  reserves: ReserveBody[];

  @Field.integer(waiting)
  maximumWaitingDays: number | null;

  @Field.day({ ...orNull, ...nextRound })
  nextRoundOn?: Day | null;

  static toPolicy({ reserves, maximumWaitingDays, nextRoundOn = null }: AllocationPolicyBody): AllocationPolicy {
    const scoped = reserves.map(({ siteId = null, category = null, devices }) => ({ siteId, category, devices }));
    return { reserves: scoped, maximumWaitingDays, nextRoundOn };
  }
}

export class ReserveView {
  @Field.uuid({ nullable: true, about: 'null: every site' })
  siteId: string | null;

  @Field.oneOf(DEVICE_CATEGORIES, { nullable: true, example: 'laptop', about: 'null: every category' })
  category: DeviceCategory | null;

  @Field.integer({ example: 2, about: 'available devices of each such pool that no round gives away' })
  devices: number;
}

export class AllocationPolicyView {
  @Field.nestedList(() => ReserveView, { max: 1000, about: 'empty while the shipped values hold' })
  reserves: ReserveView[];

  @Field.integer(waiting)
  maximumWaitingDays: number | null;

  @Field.day({ nullable: true, ...nextRound })
  nextRoundOn: Day | null;

  @Field.integer({ min: 1, nullable: true, example: 1, about: 'the ETag names it; null before the first PUT' })
  version: number | null;

  @Field.instant({ nullable: true })
  updatedAt: string | null;

  static of({ reserves, maximumWaitingDays, nextRoundOn, version, updatedAt }: StoredAllocationPolicy): AllocationPolicyView {
    const scoped = reserves.map(({ siteId, category, devices }) => ({ siteId, category, devices }));
    return { reserves: scoped, maximumWaitingDays, nextRoundOn, version, updatedAt: updatedAt?.toISOString() ?? null };
  }
}
