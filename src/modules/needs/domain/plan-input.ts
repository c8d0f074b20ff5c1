import type { BorrowerCategory, DeviceCategory } from '../../../shared/vocabulary.js';

/** A part of a week: weekday 1 is Monday; times are `HH:MM`, and `24:00` ends a day. */
export interface WeekRange {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

/** The minutes of work of a day that have no fixed hour. */
export interface DayWork {
  readonly weekday: number;
  readonly minutes: number;
}

export interface PlanLearner {
  readonly id: string;
  readonly level: BorrowerCategory;
  /** Lessons at fixed times; two that overlap count as one. */
  readonly live: readonly WeekRange[];
  readonly work: readonly DayWork[];
}

export interface PlanDevice {
  readonly id: string;
  readonly category: DeviceCategory;
  /** Null when it is always available. */
  readonly available: readonly WeekRange[] | null;
}

export const PLAN_CONNECTIVITY_KINDS = ['fixed', 'mobile', 'none'] as const;

export interface PlanConnectivity {
  readonly kind: (typeof PLAN_CONNECTIVITY_KINDS)[number];
  /** How many live lessons can run at once; null means no limit on a fixed line, and 1 on a mobile one. */
  readonly simultaneousLive: number | null;
  /** Null when it is always available; a connection of kind `none` never is. */
  readonly available: readonly WeekRange[] | null;
}

/** The categories of devices on which a lesson can be followed, and those on which work can be done, by level. */
export interface Suitability {
  readonly live: readonly DeviceCategory[];
  readonly work: Readonly<Record<BorrowerCategory, readonly DeviceCategory[]>>;
}

export const SLOT_MINUTES = [15, 30, 60] as const;

/** The input of the engine that shares a household's devices (engines.md, 1), with every default filled in. */
export interface PlanInput {
  readonly day: { readonly from: string; readonly to: string };
  readonly slotMinutes: (typeof SLOT_MINUTES)[number];
  readonly learners: readonly PlanLearner[];
  readonly equipment: readonly PlanDevice[];
  readonly connectivity: PlanConnectivity;
  readonly suitability: Suitability;
  /** The share of a day's work that can be done without a connection: 0 to 1. */
  readonly offlineWorkShare: number;
}

/** The input as a client sends it: what has a default may be left out. */
export interface PlanRequest extends Partial<Pick<PlanInput, 'day' | 'slotMinutes' | 'offlineWorkShare'>> {
  readonly learners: readonly (Omit<PlanLearner, 'live' | 'work'> & Partial<Pick<PlanLearner, 'live' | 'work'>>)[];
  readonly equipment: readonly (Omit<PlanDevice, 'available'> & Partial<Pick<PlanDevice, 'available'>>)[];
  readonly connectivity: Pick<PlanConnectivity, 'kind'> & Partial<PlanConnectivity>;
  readonly suitability?: { readonly live?: Suitability['live']; readonly work?: Partial<Suitability['work']> };
}

const COMPUTERS: readonly DeviceCategory[] = ['desktop', 'laptop'];

export const PLAN_DEFAULTS = {
  day: { from: '08:00', to: '20:00' },
  slotMinutes: 30,
  offlineWorkShare: 0.5,
  suitability: {
    live: ['desktop', 'laptop', 'tablet', 'smartphone'],
    work: { primary: [...COMPUTERS, 'tablet'], college: COMPUTERS, lycee: COMPUTERS, staff: COMPUTERS },
  },
} as const satisfies Partial<PlanInput>;

export const MOST_PLAN_LEARNERS = 20;
export const MOST_PLAN_DEVICES = 20;

export function withDefaults({
  day,
  slotMinutes,
  learners,
  equipment,
  connectivity,
  suitability,
  offlineWorkShare,
}: PlanRequest): PlanInput {
  return {
    day: day ?? PLAN_DEFAULTS.day,
    slotMinutes: slotMinutes ?? PLAN_DEFAULTS.slotMinutes,
    learners: learners.map(({ id, level, live, work }) => ({ id, level, live: live ?? [], work: work ?? [] })),
    equipment: equipment.map(({ id, category, available }) => ({ id, category, available: available ?? null })),
    connectivity: {
      kind: connectivity.kind,
      simultaneousLive: connectivity.simultaneousLive ?? null,
      available: connectivity.available ?? null,
    },
    suitability: {
      live: suitability?.live ?? PLAN_DEFAULTS.suitability.live,
      work: { ...PLAN_DEFAULTS.suitability.work, ...suitability?.work },
    },
    offlineWorkShare: offlineWorkShare ?? PLAN_DEFAULTS.offlineWorkShare,
  };
}
