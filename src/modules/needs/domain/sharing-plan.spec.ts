import { describe, expect, test } from '@jest/globals';
import { type PlanRequest, withDefaults } from './plan-input.js';
import { coverage, sharingPlan } from './sharing-plan.js';

const plan = (request: PlanRequest) => sharingPlan(withDefaults(request));
const monday = (from: string, to: string) => ({ weekday: 1, from, to });
const mondayWork = (minutes: number) => [{ weekday: 1, minutes }];
const fixed = { kind: 'fixed' } as const;
const phone = { id: 'phone', category: 'smartphone' } as const;
const laptop = { id: 'laptop', category: 'laptop' } as const;
const figures = ({ learners, uncoveredMinutes }: ReturnType<typeof plan>) => ({
  live: learners.map(({ liveMinutes: { served, demanded } }) => `${served}/${demanded}`),
  work: learners.map(({ workMinutes: { served, demanded } }) => `${served}/${demanded}`),
  uncovered: uncoveredMinutes,
});

describe('the worked cases', () => {
  const one = { id: 'a', level: 'college', live: [monday('09:00', '10:00')], work: mondayWork(120) } as const;

  test('one collège learner with a smartphone', () => {
    const result = plan({ learners: [one], equipment: [phone], connectivity: fixed });
    expect(figures(result)).toEqual({ live: ['60/60'], work: ['0/120'], uncovered: 120 });
    expect(result.blocks).toEqual([{ learner: 'a', device: 'phone', kind: 'live', weekday: 1, from: '09:00', to: '10:00' }]);
  });

  test('the same with a laptop', () => {
    expect(figures(plan({ learners: [one], equipment: [phone, laptop], connectivity: fixed })).uncovered).toBe(0);
  });

  test('three lessons at once, one smartphone', () => {
    const learners = ['a', 'b', 'c'].map((id) => ({ id, level: 'college', live: [monday('09:00', '10:00')] }) as const);
    expect(figures(plan({ learners, equipment: [phone], connectivity: fixed }))).toEqual({
      live: ['30/60', '30/60', '0/60'],
      work: ['0/0', '0/0', '0/0'],
      uncovered: 120,
    });
  });

  test('two at work on one laptop, by ratio', () => {
    const learners = [300, 100].map((minutes, i) => ({ id: String(i), level: 'college', work: mondayWork(minutes) }) as const);
    const result = plan({ learners, equipment: [{ ...laptop, available: [monday('09:00', '12:00')] }], connectivity: fixed });
    expect(figures(result)).toEqual({ live: ['0/0', '0/0'], work: ['120/300', '60/120'], uncovered: 240 });
    expect(result.blocks.map(({ learner, from, to }) => `${learner} ${from}-${to}`).sort()).toEqual(['0 09:00-11:00', '1 11:00-12:00']);
  });

  const lycee = { id: 'a', level: 'lycee', live: [monday('09:00', '11:00')], work: mondayWork(180) } as const;

  test('no connection: half of the work, no lesson', () => {
    const result = plan({ learners: [lycee], equipment: [laptop], connectivity: { kind: 'none' } });
    expect(figures(result)).toEqual({ live: ['0/120'], work: ['90/180'], uncovered: 210 });
  });

  test('a connection in the evening only', () => {
    const result = plan({
      learners: [lycee],
      equipment: [laptop],
      connectivity: { kind: 'mobile', available: [monday('18:00', '20:00')] },
    });
    expect(figures(result)).toEqual({ live: ['0/120'], work: ['180/180'], uncovered: 120 });
  });
});

describe('blocks', () => {
  test('two who share a laptop all day do not take turns by the half-hour', () => {
    const learners = ['a', 'b'].map((id) => ({ id, level: 'college', work: mondayWork(240) }) as const);
    const { blocks } = plan({ learners, equipment: [{ ...laptop, available: [monday('09:00', '13:00')] }], connectivity: fixed });
    expect(blocks.map(({ learner, from, to }) => `${learner} ${from}-${to}`)).toEqual(['a 09:00-11:00', 'b 11:00-13:00']);
  });

  test('lessons of two on one phone go by the day, not by the half-hour', () => {
    const live = [1, 2].map((weekday) => ({ weekday, from: '09:00', to: '10:00' }));
    const learners = ['a', 'b'].map((id) => ({ id, level: 'college', live }) as const);
    const { blocks } = plan({ learners, equipment: [phone], connectivity: fixed });
    expect(blocks).toHaveLength(2);
  });

  test('lessons leave the laptop to whoever works', () => {
    const learners = [
      { id: 'a', level: 'college', live: [monday('09:00', '10:00')] },
      { id: 'b', level: 'college', work: mondayWork(60) },
    ] as const;
    const { blocks } = plan({
      learners,
      equipment: [{ ...laptop, available: [monday('09:00', '10:00')] }, phone],
      connectivity: fixed,
    });
    expect(blocks.map(({ learner, device }) => `${learner} ${device}`)).toEqual(['a phone', 'b laptop']);
  });
});

test('a week that was made to be hard is planned in bounded time, exact all the same', () => {
  const days = [1, 2, 3, 4, 5, 6, 7];
  const quarter = (number: number) => `${String(Math.floor(number / 4)).padStart(2, '0')}:${String((number % 4) * 15).padStart(2, '0')}`;
  const everyNth = (step: number, first: number, most: number) =>
    days
      .flatMap((weekday) =>
        Array.from({ length: 96 }, (_, at) => at)
          .filter((at) => at % step === first % step)
          .map((at) => ({ weekday, from: quarter(at), to: quarter(at + 1) })),
      )
      .filter((_, i) => i % 7 < most);
  const input = withDefaults({
    day: { from: '00:00', to: '24:00' },
    slotMinutes: 15,
    learners: Array.from({ length: 20 }, (_, i) => ({
      id: `${i}`,
      level: (['primary', 'college', 'lycee', 'staff'] as const)[i % 4] ?? 'staff',
      live: everyNth(11, i, 1),
      work: days.map((weekday) => ({ weekday, minutes: 1440 })),
    })),
    equipment: Array.from({ length: 20 }, (_, i) => ({
      id: `${i}`,
      category: (['laptop', 'tablet', 'desktop', 'smartphone'] as const)[i % 4] ?? 'laptop',
      available: everyNth(2 + (i % 2), i, 7),
    })),
    connectivity: { kind: 'mobile', simultaneousLive: 3 },
    suitability: { work: { primary: ['laptop'], college: ['tablet'], lycee: ['desktop'], staff: ['smartphone'] } },
  });
  const spent = (run: () => unknown) => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  const shares = spent(() => coverage(input));
  let uncovered = 0;
  const plan = spent(() => (uncovered = sharingPlan(input).uncoveredMinutes));
  expect(uncovered).toBe(coverage(input).uncoveredMinutes);
  // Seconds of processor time; without a bound the blocks alone take ten.
  expect(plan).toBeLessThan(shares + 2.5);
});

test('nobody, nothing, or no demand is an answer too', () => {
  expect(plan({ learners: [], equipment: [], connectivity: fixed })).toEqual({ blocks: [], learners: [], uncoveredMinutes: 0 });
  expect(plan({ learners: [{ id: 'a', level: 'staff' }], equipment: [], connectivity: { kind: 'none' } }).uncoveredMinutes).toBe(0);
});
