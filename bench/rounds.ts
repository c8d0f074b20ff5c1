import { RankingRepository } from '../src/modules/requests/priority/ranking.repository.js';
import { Transactions, type Tx } from '../src/platform/index.js';
import { dayIn } from '../src/shared/day.js';
import { type BenchApplication, startBenchApplication } from './support/application.js';
import type { Benchmark } from './support/benchmark.js';
import { fullDatabase } from './support/bench-database.js';
import { draftAll, fillQueue, onServer } from './support/queue-data.js';
import { COUNCIL } from './support/stock.js';

const LINES = 200_000;
const DEVICES = 50_000;
const LIMIT_SECONDS = 60;

/** Every device can be given out: three of four are laptops, the others tablets. */
const FREE_STOCK = `
  UPDATE devices SET status = 'available', holder_id = NULL, fund_id = NULL, category = CASE WHEN get_byte(uuid_send(id), 15) < 192 THEN 'laptop' ELSE 'tablet' END
  WHERE council_id = '${COUNCIL}';
  VACUUM ANALYZE devices`;

export const benchmark: Benchmark = {
  about: `a round of ${LINES} lines over ${DEVICES} devices: from the database to a stored proposal within ${LIMIT_SECONDS} s, published within ${LIMIT_SECONDS} s`,
  async run(words) {
    const database = await fullDatabase(['--devices', String(DEVICES), '--households', String(LINES), ...words]);
    try {
      const { devices, households: lines } = database.size;
      const today = dayIn(new Date(), 'Europe/Paris');
      await onServer(database.url, FREE_STOCK);
      await onServer(database.url, fillQueue(lines, today));
      const app = await startBenchApplication(database.url, COUNCIL);
      try {
        await rankAll(app);
        await onServer(database.url, 'VACUUM ANALYZE request_lines');
        const solved = await beside(app, () => solve(app));
        const again = await beside(app, () =>
          app.post(`/allocation-rounds/${solved.value.id}/solution`).then(() => untilSolved(app, solved.value.id)),
        );
        const published = await beside(app, () => app.post(`/allocation-rounds/${solved.value.id}/publication`));
        const [counted] = await onServer<{ offers: number }>(database.url, 'SELECT count(*)::integer AS offers FROM offers');
        const steps = [
          { what: 'to a stored proposal', ...solved.figures },
          { what: 'solved again', ...again.figures },
          { what: 'published', ...published.figures },
        ];
        const served = again.value.stats.served;
        return {
          tables: { [`${lines} lines, ${devices} devices, ${served} served`]: steps },
          faults: [
            ...steps.filter(({ seconds }) => seconds > LIMIT_SECONDS).map(({ what, seconds }) => `${what}: ${seconds} s`),
            ...(counted?.offers === served && served > 0 ? [] : [`${served} lines are served, and ${counted?.offers} have offers`]),
          ],
        };
      } finally {
        await app.stop();
      }
    } finally {
      await database.stop();
    }
  },
};

interface BenchRound {
  readonly id: string;
  readonly isSolved: boolean;
  readonly stats: { readonly served: number };
}

async function rankAll(app: BenchApplication): Promise<void> {
  const ranking = app.nest.get(RankingRepository);
  const countedOn = dayIn(new Date(), 'Europe/Paris');
  const inside = (work: (tx: Tx) => Promise<void>) => app.nest.get(Transactions).write(COUNCIL, work);
  await inside((tx) => ranking.begin(tx, { policyVersion: 0, countedOn }));
  await draftAll(app, 1);
  await inside((tx) => ranking.switchTo(tx, 1));
}

async function solve(app: BenchApplication): Promise<BenchRound> {
  return untilSolved(app, (await app.post('/allocation-rounds', { class: 'computer' })).id as string);
}

/** A large round is still being solved when it is answered. */
async function untilSolved(app: BenchApplication, id: string): Promise<BenchRound> {
  for (;;) {
    const round = (await app.get(`/allocation-rounds/${id}`)) as unknown as BenchRound;
    if (round.isSolved) return round;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** How long something takes, while a client reads the queue all the time, and how much memory. */
async function beside<T>(app: BenchApplication, run: () => Promise<T>) {
  const work = { isDone: false };
  const start = performance.now();
  const value = run().finally(() => {
    work.isDone = true;
  });
  let slowest = 0;
  let peak = 0;
  while (!work.isDone) {
    const asked = performance.now();
    await app.get('/request-lines?sort=position&class=computer');
    slowest = Math.max(slowest, performance.now() - asked);
    peak = Math.max(peak, process.memoryUsage.rss());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const figures = {
    seconds: Math.round((performance.now() - start) / 10) / 100,
    slowestReadMs: Math.round(slowest),
    peakMebibytes: Math.round(peak / 2 ** 20),
  };
  return { value: await value, figures };
}
