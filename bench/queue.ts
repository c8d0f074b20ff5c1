import { RankingRepository } from '../src/modules/requests/priority/ranking.repository.js';
import { SHIPPED_SCALE } from '../src/modules/requests/domain/priority-policy.rules.js';
import { Transactions, type Tx } from '../src/platform/index.js';
import { addDays, day } from '../src/shared/day.js';
import { type BenchApplication, startBenchApplication } from './support/application.js';
import { type Benchmark, timings } from './support/benchmark.js';
import { fullDatabase } from './support/bench-database.js';
import { draftAll, fillQueue, onServer } from './support/queue-data.js';
import { COUNCIL } from './support/stock.js';

const LINES = 200_000;
const READ_LIMIT_MS = 20;
const RERANK_LIMIT_S = 30;
const TIMES = 60;
/** Reported, not promised. */
const LONG_PAGE = 'first page of 200';
const RANKS = [10, 50_000, 199_000];
const COUNTED = day('2026-11-25');

export const benchmark: Benchmark = {
  about: `${LINES} lines that wait in one queue: reads within ${READ_LIMIT_MS} ms, another policy within ${RERANK_LIMIT_S} s`,
  async run(words) {
    const database = await fullDatabase(['--devices', '1000', '--households', String(LINES), ...words]);
    try {
      await onServer(database.url, fillQueue(LINES, COUNTED));
      const app = await startBenchApplication(database.url, COUNCIL);
      try {
        await inside(app, (tx) => ranking(app).begin(tx, { policyVersion: 0, countedOn: COUNTED }));
        const first = await rerank(app, 1);
        await onServer(database.url, 'VACUUM ANALYZE request_lines; VACUUM waiting_buckets');
        const calm = await reads(app, database.url, 'after vacuum');
        const night = await seconds(() => alone(app, (tx) => ranking(app).countDays(tx, addDays(COUNTED, 1))));
        const scale = JSON.stringify({ ...SHIPPED_SCALE, bursaryLevel: { points: 35, cap: null, bands: [] } });
        await onServer(database.url, `INSERT INTO priority_policies VALUES ('${COUNCIL}', 2, '${COUNTED}', '${scale}', 'bench', now())`);
        const changed = await rerank(app, 2);
        const after = await reads(app, database.url, 'after another policy');
        const figures = [...calm, ...after];
        const slow = figures
          .filter(({ what, median }) => what !== LONG_PAGE && median > READ_LIMIT_MS)
          .map(({ when, what, median }) => `${what}, ${when}: ${median} ms`);
        const late = changed.seconds > RERANK_LIMIT_S ? [`another policy: ${changed.seconds} s`] : [];
        return {
          tables: {
            'milliseconds over HTTP': figures,
            'seconds for all lines': [
              { what: 'first scores and tickets', ...first },
              { what: 'another policy', ...changed },
              { what: 'one night: days of waiting', seconds: night },
            ],
          },
          faults: [...slow, ...late, ...(await wrongCounts(database.url))],
        };
      } finally {
        await app.stop();
      }
    } finally {
      await database.stop();
    }
  },
};

const ranking = (app: BenchApplication) => app.nest.get(RankingRepository);
const inside = <T>(app: BenchApplication, work: (tx: Tx) => Promise<T>) => app.nest.get(Transactions).write(COUNCIL, work);
/** While nobody else scores lines. */
const alone = <T>(app: BenchApplication, work: (tx: Tx) => Promise<T>) =>
  inside(app, async (tx) => {
    await ranking(app).hold(tx);
    return work(tx);
  });

async function seconds(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return Math.round((performance.now() - start) / 10) / 100;
}

/** As the jobs do it, one transaction after the other; a client reads the first page all the while. */
async function rerank(app: BenchApplication, version: number) {
  const work = { switching: 0, isDone: false };
  const reranking = seconds(async () => {
    await draftAll(app, version);
    work.switching = await seconds(() => alone(app, (tx) => ranking(app).switchTo(tx, version)));
  }).finally(() => {
    work.isDone = true;
  });
  let slowest = 0;
  while (!work.isDone) slowest = Math.max(slowest, await seconds(() => app.get('/request-lines?sort=position&class=computer')));
  return { seconds: await reranking, switching: work.switching, slowestReadSeconds: slowest };
}

async function reads(app: BenchApplication, url: string, when: string) {
  const page = '/request-lines?sort=position&class=computer';
  const figures = [{ when, what: 'first page of 50', ...(await timings(TIMES, () => app.get(page))) }];
  figures.push({ when, what: LONG_PAGE, ...(await timings(TIMES, () => app.get(`${page}&limit=200`))) });
  for (const rank of RANKS) {
    const [line] = await onServer<{ id: string }>(
      url,
      `SELECT id FROM request_lines WHERE council_id = '${COUNCIL}' AND state = 'waiting' AND class = 'computer'
       ORDER BY score DESC, ticket, id OFFSET ${rank - 1} LIMIT 1`,
    );
    const path = `/request-lines/${line?.id}`;
    const { position } = (await app.get(path)) as { position?: number };
    if (position !== rank) throw new Error(`the line of rank ${rank} says ${position}`);
    figures.push({ when, what: `position of rank ${rank}`, ...(await timings(TIMES, () => app.get(path))) });
  }
  return figures;
}

async function wrongCounts(url: string): Promise<string[]> {
  const rows = await onServer<{ class: string; score: number }>(
    url,
    `SELECT class, score FROM (
       SELECT class, score, lines FROM waiting_buckets WHERE council_id = '${COUNCIL}'
       UNION ALL SELECT class, score, -1 FROM request_lines WHERE council_id = '${COUNCIL}' AND state = 'waiting') each
     GROUP BY 1, 2 HAVING sum(lines) <> 0`,
  );
  return rows.map((row) => `the count of ${row.class} at ${row.score} is wrong`);
}
