import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { needInput } from '../src/modules/needs/domain/need-input.js';
import { coverage, sharingPlan } from '../src/modules/needs/domain/sharing-plan.js';
import { SHIPPED_TIMETABLES } from '../src/modules/needs/domain/timetable.rules.js';
import { startBenchApplication } from './support/application.js';
import type { Benchmark } from './support/benchmark.js';
import { fillHomes } from './support/families.js';
import { fullDatabase } from './support/bench-database.js';
import { type Program, startProgram } from './support/program.js';
import { COUNCIL } from './support/stock.js';

const HOUSEHOLDS = 20_000;
const KITS = [['laptop'], ['tablet'], ['router'], ['laptop', 'router'], ['tablet', 'router'], ['laptop', 'laptop', 'router']] as const;
const LEAST_PLANS = 1000;
const MEBIBYTE = 1024 * 1024;

const LEVELS = ['college', 'primary', 'lycee', 'college', 'primary', 'lycee', 'college', 'primary'] as const;
const evenings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '17:30', to: '20:00' }));
const phone = { id: 'phone', category: 'smartphone', available: evenings } as const;
/** What is at home, from little to enough: the hardest to share is the one in the middle. */
const HOMES = {
  'a phone in the evening': [phone],
  'a laptop and that phone': [phone, { id: 'laptop', category: 'laptop', available: null }],
  'a laptop, a tablet and that phone': [
    phone,
    { id: 'laptop', category: 'laptop', available: null },
    { id: 'tablet', category: 'tablet', available: null },
  ],
} as const;

export const benchmark: Benchmark = {
  about: `sharing plans a second of one core's time (at least ${LEAST_PLANS} for 4 learners and 5 days); ${HOUSEHOLDS} needs with ${KITS.length} kits through the outbox`,
  async run() {
    const plans = [1, 2, 4, 8].flatMap((learners) => Object.keys(HOMES).map((home) => plansASecond(learners, home as keyof typeof HOMES)));
    const slow = plans.filter(({ learners, plansPerSecond }) => learners === 4 && plansPerSecond < LEAST_PLANS);
    return {
      tables: { 'plans of 5 days, a second of processor time': plans, 'computed anew, end to end': await needsThroughTheOutbox() },
      faults: slow.map(({ learners, home, plansPerSecond }) => `${learners} learners, ${home}: ${plansPerSecond} plans a second`),
    };
  },
};

function plansASecond(learners: number, home: keyof typeof HOMES) {
  const input = needInput(
    {
      learners: LEVELS.slice(0, learners).map((level, i) => ({ id: `${i}`, level, timetable: SHIPPED_TIMETABLES[level] })),
      equipment: HOMES[home],
      lent: [],
      connectivity: { kind: 'fixed', simultaneousLive: null, available: null },
    },
    1,
  );
  return {
    learners,
    home,
    plansPerSecond: aSecond(() => sharingPlan(input)),
    withoutBlocksPerSecond: aSecond(() => coverage(input)),
    uncoveredMinutes: coverage(input).uncoveredMinutes,
  };
}

/** Runs a second of processor time, so that what else the machine does counts little: median of five rounds of 0.3 s, after one that only warms up. */
function aSecond(run: () => unknown): number {
  const rates: number[] = [];
  for (let round = 0; round < 6; round++) {
    const start = process.cpuUsage();
    let count = 0;
    let spent = 0;
    while (spent < 0.3) {
      for (let each = 0; each < 20; each++, count++) run();
      const { user, system } = process.cpuUsage(start);
      spent = (user + system) / 1e6;
    }
    if (round > 0) rates.push(count / spent);
  }
  return Math.round(rates.sort((one, other) => one - other)[2] ?? 0);
}

/** What a change of the catalogue makes of every household: sent over HTTP, done by the program's own jobs. */
async function needsThroughTheOutbox(): Promise<object[]> {
  const database = await fullDatabase(['--devices', '1000', '--households', String(HOUSEHOLDS)]);
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-needs-'));
  const client = new pg.Client({ connectionString: database.url });
  try {
    await fillHomes(database.url);
    const application = await startBenchApplication(database.url, COUNCIL);
    await application.stop();
    await client.connect();
    const program = await startProgram(database.url, folder);
    try {
      const send = async (method: string, path: string, body: object) => {
        const sent = { ...application.headers, 'content-type': 'application/json', 'if-match': '*' };
        const answer = await fetch(`${program.url}/api/v1${path}`, { method, headers: sent, body: JSON.stringify(body) });
        if (!answer.ok) throw new Error(await answer.text());
        return (await answer.json()) as { id: string };
      };
      const kits: { id: string }[] = [];
      for (const [number, categories] of KITS.entries()) {
        const components = [...new Set(categories)].map((category) => ({
          category,
          count: categories.filter((each) => each === category).length,
        }));
        kits.push(await send('POST', '/kits', { name: `Kit ${number}`, components, costCents: 10_000 * (number + 1) }));
      }
      const first = await settled(program, client, 'six kits made: every need computed');
      await send('PATCH', `/kits/${kits[0]?.id}`, { costCents: 15_000 });
      return [first, await settled(program, client, 'a price changed: every need computed again')];
    } finally {
      await program.stop();
    }
  } finally {
    await client.end();
    await rm(folder, { recursive: true, force: true });
    await database.stop();
  }
}

/** Waits until no job of needs is left, and says how long that took. */
async function settled(program: Program, client: pg.Client, what: string): Promise<object> {
  const idle = await program.memory();
  const start = performance.now();
  let peak = 0;
  for (;;) {
    peak = Math.max(peak, await program.memory());
    const { rows } = await client.query<{ left: number; stored: number }>(
      `SELECT (SELECT count(*)::integer FROM outbox WHERE kind LIKE 'needs.%' AND done_at IS NULL) AS left,
         (SELECT count(*)::integer FROM household_needs WHERE council_id = '${COUNCIL}') AS stored`,
    );
    if (rows[0]?.left === 0) {
      const seconds = (performance.now() - start) / 1000;
      if (rows[0].stored !== HOUSEHOLDS) throw new Error(`${rows[0].stored} needs are stored, not ${HOUSEHOLDS}`);
      return {
        what,
        seconds: Math.round(seconds * 10) / 10,
        householdsPerSecond: Math.round(HOUSEHOLDS / seconds),
        addedMebibytes: Math.round((peak - idle) / MEBIBYTE),
        processMebibytes: Math.round(peak / MEBIBYTE),
      };
    }
    await setTimeout(50);
  }
}
