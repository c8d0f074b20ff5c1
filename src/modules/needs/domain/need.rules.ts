import type { DeviceCategory } from '../../../shared/vocabulary.js';
import { type ExtraDevices, type NeedHousehold, needInput } from './need-input.js';
import { type Coverage, coverage } from './sharing-plan.js';

/** Devices that a council lends together (engines.md, 2). */
export interface KitContent {
  readonly id: string;
  readonly costCents: number;
  readonly components: readonly { readonly category: DeviceCategory; readonly count: number }[];
}

/** What a kit would change, in minutes a week. */
export interface KitValue {
  readonly kitId: string;
  /** The uncovered minutes that it would cover. */
  readonly valueMinutes: number;
  /** The minutes that stay uncovered with it. */
  readonly uncoveredMinutes: number;
}

export interface Recommendation {
  readonly kitId: string;
  readonly valueMinutes: number;
  /** The further minutes that a second kit of the same kind would cover. */
  readonly secondAddsMinutes: number;
  /** The learners who gain by it, and what they lack now, in minutes a week. */
  readonly gaining: readonly { readonly learnerId: string; readonly lackingMinutes: number; readonly gainedMinutes: number }[];
  /** The learners who lose by it, because lessons go before other work; there are seldom any. */
  readonly losing: readonly { readonly learnerId: string; readonly lostMinutes: number }[];
}

export const NO_RECOMMENDATION = ['NO_LEARNERS', 'NOTHING_MISSING', 'NO_KITS', 'NO_KIT_HELPS'] as const;
export type NoRecommendation = (typeof NO_RECOMMENDATION)[number];

/** What a loan would change for a household. */
export interface Need extends Coverage {
  /** The kits in the order of the catalogue. */
  readonly kits: readonly KitValue[];
  readonly recommendation: Recommendation | null;
  /** Why nothing is recommended; null when a kit is. */
  readonly noRecommendation: NoRecommendation | null;
}

/** A kit is good enough when its value is at least nine tenths of the best. */
const ENOUGH_TENTHS = 9;

/**
 * Values every kit and recommends the cheapest one whose value is within 10 % of the best. Minutes are whole slots. It yields between runs of
 * the engine: a large household with many kits takes seconds, in which other requests must be served.
 */
export function* needOf(household: NeedHousehold, kits: readonly KitContent[], lentStreams: number): Generator<void, Need> {
  const coverageWith = (extra: ExtraDevices = []) => coverage(needInput(household, lentStreams, extra));
  const now = coverageWith();
  const valued: { readonly kit: KitContent; readonly withKit: Coverage; readonly value: number }[] = [];
  for (const kit of kits) {
    yield;
    // Where nothing is missing, no kit can cover anything.
    const withKit = now.uncoveredMinutes === 0 ? now : coverageWith(devicesOf(kit, 1));
    valued.push({ kit, withKit, value: now.uncoveredMinutes - withKit.uncoveredMinutes });
  }
  const best = Math.max(0, ...valued.map(({ value }) => value));
  const [chosen] = valued
    .filter(({ value }) => value > 0 && value * 10 >= best * ENOUGH_TENTHS)
    .sort((one, other) => one.kit.costCents - other.kit.costCents || other.value - one.value || (one.kit.id < other.kit.id ? -1 : 1));
  return {
    ...now,
    kits: valued.map(({ kit, withKit, value }) => ({ kitId: kit.id, valueMinutes: value, uncoveredMinutes: withKit.uncoveredMinutes })),
    recommendation: chosen
      ? {
          kitId: chosen.kit.id,
          valueMinutes: chosen.value,
          secondAddsMinutes: chosen.withKit.uncoveredMinutes - coverageWith(devicesOf(chosen.kit, 2)).uncoveredMinutes,
          ...changesBy(now, chosen.withKit),
        }
      : null,
    noRecommendation: chosen ? null : reasonAgainst(now, kits),
  };
}

function devicesOf({ id, components }: KitContent, times: number): ExtraDevices {
  return components.flatMap(({ category, count }) =>
    Array.from({ length: count * times }, (_, number) => ({ id: `kit ${id} ${category} ${number + 1}`, category })),
  );
}

function changesBy(now: Coverage, then: Coverage): Pick<Recommendation, 'gaining' | 'losing'> {
  const changes = now.learners.map(({ id, uncoveredMinutes }, i) => {
    return { learnerId: id, lackingMinutes: uncoveredMinutes, gainedMinutes: uncoveredMinutes - (then.learners[i]?.uncoveredMinutes ?? 0) };
  });
  return {
    gaining: changes.filter(({ gainedMinutes }) => gainedMinutes > 0),
    losing: changes.flatMap(({ learnerId, gainedMinutes }) => (gainedMinutes < 0 ? [{ learnerId, lostMinutes: -gainedMinutes }] : [])),
  };
}

function reasonAgainst({ learners, uncoveredMinutes }: Coverage, kits: readonly KitContent[]): NoRecommendation {
  if (learners.length === 0) return 'NO_LEARNERS';
  if (uncoveredMinutes === 0) return 'NOTHING_MISSING';
  return kits.length === 0 ? 'NO_KITS' : 'NO_KIT_HELPS';
}
