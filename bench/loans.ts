import pg from 'pg';
import { SetClock } from '../src/platform/clock/clock.js';
import { type BenchApplication, startBenchApplication } from './support/application.js';
import type { Benchmark } from './support/benchmark.js';
import { fillBooks, PRESENT } from './support/loan-data.js';
import { fullDatabase, smallDatabase } from './support/bench-database.js';
import { onServer } from './support/queue-data.js';
import { COUNCIL } from './support/stock.js';

const FEW = 10_000;
const FEW_HOUSEHOLDS = 2000;
const CONNECTIONS = 8;
/** Of each kind, on each dataset, in turns of `A_TURN`. */
const TIMES = 160;
const A_TURN = 40;
/** With those that only warm up. */
const USED = TIMES + CONNECTIONS;
const LOANS_USED = 7 * USED;
/** How many times longer the middle one may take with a hundred times the devices. */
const MOST_TIMES_SLOWER = 3;
/** The same of what reads everybody whom it passes over, of whom there are 77 times as many. */
const PASSING_ALL_TIMES_SLOWER = 77;

/** Loans that are not overdue, each with an item and, for the first of them, a device at the same desk that can be given out. */
const LOANS = `
  SELECT l.id, l.household_id AS "householdId", l.site_id AS "siteId", l.version, i.id AS "itemId", d.id AS "deviceId"
  FROM (
    SELECT l.*, row_number() OVER (ORDER BY l.id) AS n FROM loans l
    WHERE l.council_id = '${COUNCIL}' AND l.state = 'open' AND l.due_on > '2026-11-10' AND NOT EXISTS (
      SELECT FROM incidents n WHERE n.council_id = l.council_id AND n.loan_id = l.id) AND EXISTS (
      SELECT FROM loan_items i WHERE i.council_id = l.council_id AND i.loan_id = l.id AND i.number = 1 AND i.state = 'on_loan') ORDER BY l.id LIMIT ${LOANS_USED}) l
  JOIN loan_items i ON i.council_id = l.council_id AND i.loan_id = l.id AND i.number = 1
  LEFT JOIN (
    SELECT id, row_number() OVER (ORDER BY id) AS n FROM devices
    WHERE council_id = '${COUNCIL}' AND status = 'available' AND category IN ('laptop', 'tablet') ORDER BY id LIMIT ${2 * USED}) d ON d.n = l.n
  ORDER BY l.n`;
/** Offers, each with the device that is held at the site for the household. */
const HELD = `
  SELECT o.household_id AS "householdId", d.site_id AS "siteId", d.id AS "deviceId"
  FROM offers o JOIN devices d ON d.council_id = o.council_id AND d.id = o.device_id AND d.status = 'reserved'
  WHERE o.council_id = '${COUNCIL}' AND o.state IN ('open', 'accepted') ORDER BY o.id LIMIT ${USED}`;
const AT_THE_DESK = `
  UPDATE devices d SET site_id = given.site FROM unnest($1::uuid[], $2::uuid[]) AS given (id, site)
  WHERE d.council_id = '${COUNCIL}' AND d.id = given.id`;

interface Held {
  readonly householdId: string;
  readonly siteId: string;
  readonly deviceId: string | null;
}

interface Loan extends Held {
  readonly id: string;
  readonly version: number;
  readonly itemId: string;
}

interface Dataset {
  readonly app: BenchApplication;
  readonly held: Held[];
  readonly loans: Loan[];
}

const OVERRIDE = { reason: 'Mesure' };
const AGREEMENT = { signatoryName: 'Nadia B.', method: 'in_person', termsVersion: '2026-09' };

const handOver = (app: BenchApplication, { householdId, siteId, deviceId }: Held) => {
  const items = [{ deviceId, conditionOut: 'good' }];
  return app.post('/loans', { householdId, siteId, items, agreement: AGREEMENT, override: OVERRIDE });
};

const HAND_OVER_PASSING_ALL = 'hand-over past everybody who waits';

/** What is done at the desk, each with an offer or a loan that nothing else touches. */
const DONE: Readonly<Record<string, (app: BenchApplication, dataset: Dataset) => Promise<unknown>>> = {
  'hand-over of what was offered': (app, { held }) => handOver(app, next(held)),
  [HAND_OVER_PASSING_ALL]: (app, { loans }) => handOver(app, next(loans)),
  exchange: (app, { loans }) => {
    const { id, itemId, deviceId } = next(loans);
    return app.post(`/loans/${id}/exchanges`, { itemId, deviceId, conditionIn: 'worn', conditionOut: 'good', reason: 'Mesure' });
  },
  'due date': (app, { loans }) => {
    const { id, version } = next(loans);
    return app.put(`/loans/${id}/due-date`, version, { dueOn: '2027-06-30', reason: 'Mesure' });
  },
  renewal: (app, { loans }) => app.post(`/loans/${next(loans).id}/renewals`, { override: OVERRIDE }),
  recall: (app, { loans }) => app.post(`/loans/${next(loans).id}/recall`, { dueOn: '2026-11-09', reason: 'Mesure' }),
  incident: (app, { loans }) => {
    const { id, itemId } = next(loans);
    return app.post(`/loans/${id}/incidents`, { itemId, kind: 'broken', reportedOn: '2026-11-02', description: 'Écran fendu' });
  },
  return: (app, { loans }) => {
    const { id, itemId, siteId } = next(loans);
    return app.post(`/loans/${id}/returns`, { items: [{ itemId, conditionIn: 'good' }], siteId });
  },
};

export const benchmark: Benchmark = {
  about: `what is done with a loan, ${CONNECTIONS} at a time over HTTP: with a million devices the middle one takes at most ${MOST_TIMES_SLOWER} times what it takes with ${FEW}, ${PASSING_ALL_TIMES_SLOWER} times where it reads everybody who waits`,
  async run(words) {
    const database = await fullDatabase(words);
    try {
      await fillBooks(database.url);
      const few = await smallDatabase(database.url, { devices: FEW, households: FEW_HOUSEHOLDS });
      await fillBooks(few);
      const datasets = [await datasetOf(few), await datasetOf(database.url)] as const;
      try {
        const figures = [];
        for (const what of Object.keys(DONE)) figures.push(await compared(what, datasets));
        const most = (what: string) => (what === HAND_OVER_PASSING_ALL ? PASSING_ALL_TIMES_SLOWER : MOST_TIMES_SLOWER);
        const slow = figures.filter(({ what, timesSlower }) => timesSlower > most(what));
        return {
          tables: { [`${FEW} devices and ${database.size.devices}, ${TIMES} of each, in turn`]: figures },
          faults: slow.map(({ what, timesSlower }) => `${what}: ${timesSlower} times slower with ${database.size.devices} devices`),
        };
      } finally {
        for (const { app } of datasets) await app.stop();
      }
    } finally {
      await database.stop();
    }
  },
};

async function datasetOf(url: string): Promise<Dataset> {
  const app = await startBenchApplication(url, COUNCIL, new SetClock(PRESENT));
  const loans = await onServer<Loan>(url, LOANS);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const withDevices = loans.filter(({ deviceId }) => deviceId !== null);
  await client.query(AT_THE_DESK, [withDevices.map(({ deviceId }) => deviceId), withDevices.map(({ siteId }) => siteId)]);
  await client.end();
  return { app, held: await onServer<Held>(url, HELD), loans };
}

/** The same on both datasets, turn by turn, so that what else the machine does weighs on both alike; the first turn only warms up. */
async function compared(what: string, datasets: readonly [Dataset, Dataset]) {
  const taken: [number[], number[]] = [[], []];
  const seconds: [number, number] = [0, 0];
  for (let turn = -1; turn < TIMES / A_TURN; turn++) {
    for (const place of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const times: number[] = [];
      const start = performance.now();
      await together(turn < 0 ? CONNECTIONS : A_TURN, () => timed(times, what, datasets[place]));
      if (turn < 0) continue;
      seconds[place] += (performance.now() - start) / 1000;
      taken[place].push(...times);
    }
  }
  const [few, many] = taken.map((times) => times.sort((one, other) => one - other)) as [number[], number[]];
  const at = (times: number[], share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
  return {
    what,
    perSecondFew: Math.round(few.length / seconds[0]),
    perSecondMany: Math.round(many.length / seconds[1]),
    p50Few: at(few, 0.5),
    p50Many: at(many, 0.5),
    p95Few: at(few, 0.95),
    p95Many: at(many, 0.95),
    timesSlower: Math.round((at(many, 0.5) / at(few, 0.5)) * 100) / 100,
  };
}

async function timed(times: number[], what: string, dataset: Dataset): Promise<void> {
  const start = performance.now();
  await DONE[what]?.(dataset.app, dataset);
  times.push(performance.now() - start);
}

function next<T>(things: T[]): T {
  const thing = things.shift();
  if (thing === undefined) throw new Error('the dataset has too few offers or loans left: make it anew');
  return thing;
}

/** Runs it so many times, a few at a time. */
async function together(times: number, run: () => Promise<void>): Promise<void> {
  let left = times;
  const worker = async () => {
    while (left-- > 0) await run();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}
