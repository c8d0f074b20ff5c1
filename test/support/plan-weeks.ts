import { type PlanRequest, withDefaults } from '../../src/modules/needs/domain/plan-input.js';
import type { PlanWeek } from '../../src/modules/needs/domain/plan-week.js';
import { sharingPlan } from '../../src/modules/needs/domain/sharing-plan.js';
import { day } from '../../src/shared/day.js';
import type { BorrowerCategory, DeviceCategory } from '../../src/shared/vocabulary.js';

// Weeks of typical families, planned by the engine itself.

const SCHOOL_DAYS = [1, 2, 3, 4, 5];
const LESSONS: Record<BorrowerCategory, [string, string][]> = {
  primary: [['10:00', '11:00']],
  college: [
    ['09:00', '10:00'],
    ['14:00', '15:00'],
  ],
  lycee: [
    ['09:00', '11:00'],
    ['14:00', '15:00'],
  ],
  staff: [],
};

interface PlanWeekOptions {
  readonly learners: readonly (readonly [name: string, level: BorrowerCategory])[];
  readonly devices: readonly DeviceCategory[];
  readonly connectivity?: PlanRequest['connectivity'];
  readonly day?: PlanRequest['day'];
}

/** The plan of a household for an autumn in Rennes: the lessons of the level on every school day, and two hours of work. */
export function aPlanWeek(wanted: PlanWeekOptions, rest: Partial<PlanWeek> = {}): PlanWeek {
  const learners = wanted.learners.map(([name, level], i) => ({ id: `learner-${i}`, name, level }));
  const devices = wanted.devices.map((category, i) => ({ id: `device-${i}`, name: null, category }));
  const plan = sharingPlan(
    withDefaults({
      day: wanted.day,
      learners: learners.map(({ id, level }) => ({
        id,
        level,
        live: SCHOOL_DAYS.flatMap((weekday) => LESSONS[level].map(([from, to]) => ({ weekday, from, to }))),
        work: SCHOOL_DAYS.map((weekday) => ({ weekday, minutes: 120 })),
      })),
      equipment: devices,
      connectivity: wanted.connectivity ?? { kind: 'fixed' },
    }),
  );
  return {
    householdId: 'household',
    councilName: 'Ville de Rennes',
    timeZone: 'Europe/Paris',
    language: 'fr',
    from: day('2026-09-07'),
    until: day('2026-12-18'),
    learners: learners.map(({ id, name }) => ({ id, name })),
    devices,
    plan,
    ...rest,
  };
}

export const ONE_LEARNER: PlanWeekOptions = { learners: [['Inès', 'college']], devices: ['smartphone', 'laptop'] };

/** Two learners with the same initial, and a connection for one lesson at a time. */
export const THREE_LEARNERS: PlanWeekOptions = {
  learners: [
    ['Amal', 'lycee'],
    ['Anis', 'college'],
    ['Sara', 'primary'],
  ],
  devices: ['laptop', 'smartphone'],
  connectivity: { kind: 'mobile' },
};

/** Their hours are next to each other, in low rows. */
export const FOUR_LEARNERS: PlanWeekOptions = {
  learners: [
    ['Amal', 'lycee'],
    ['Anis', 'college'],
    ['Sara', 'primary'],
    ['Youssef', 'lycee'],
  ],
  devices: ['laptop', 'tablet'],
};

export const SIX_LEARNERS: PlanWeekOptions = {
  learners: [
    ['Amal', 'lycee'],
    ['Anis', 'college'],
    ['Sara', 'primary'],
    ['Youssef', 'college'],
    ['Lina', 'lycee'],
    ['Adam', 'primary'],
  ],
  devices: ['laptop', 'laptop', 'desktop', 'tablet', 'tablet', 'smartphone', 'smartphone', 'smartphone'],
};
