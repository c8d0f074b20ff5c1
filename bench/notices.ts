import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { SHIPPED_NOTICE_POLICY, slotOf } from '../src/modules/notices/domain/notice-policy.rules.js';
import { SweepNoticesService } from '../src/modules/notices/sweep-notices.service.js';
import { type Job, Transactions } from '../src/platform/index.js';
import { type BenchApplication, startBenchApplication } from './support/application.js';
import { type Benchmark, timings } from './support/benchmark.js';
import { fullDatabase } from './support/ground.js';
import { startMailCounter } from './support/mail-counter.js';
import { type Program, startProgram } from './support/program.js';
import { COUNCIL } from './support/stock.js';

const TIMES = 30;
const WORKERS = 2;
const MEBIBYTE = 1024 * 1024;
/** A sweep with nothing to do costs about the same however much is planned. */
const MOST_TIMES_SLOWER = 3;
/** Below this a difference is noise. */
const FLOOR_MS = 5;
const PATIENCE_MS = 3_600_000;

interface Sizes {
  /** Planned in all, of which `due` are due. */
  readonly notices: number;
  readonly due: number;
  /** What the sweep's cost is compared with. */
  readonly few: number;
  /** Messages that leave. */
  readonly sent: number;
}

/** What stays true until it is sent: each household has asked for something, and has one person to be told. */
const TOLD = 'request_received';
const SLOT = slotOf(SHIPPED_NOTICE_POLICY.rules.find(({ trigger }) => trigger === TOLD) ?? { when: 'at', days: 0 });
const FAMILIES = `
  INSERT INTO contacts (council_id, id, household_id, position, name, relationship, email, language, preferred_channel, notify)
    SELECT council_id, gen_random_uuid(), id, 0, 'Somebody', 'parent', 'f' || md5(id::text) || '@example.org', 'fr', 'email', true FROM households WHERE council_id = '${COUNCIL}';
  INSERT INTO requests (council_id, id, household_id, channel, submitted_at, created_at, updated_at)
    SELECT council_id, id, id, 'web', now(), now(), now() FROM households WHERE council_id = '${COUNCIL}';
  INSERT INTO request_lines (council_id, id, request_id, household_id, number, class, learner_ids, acceptable_categories, state, ticket, waiting_since, created_at, updated_at)
    SELECT council_id, id, id, household_id, 1, 'computer', '{}', '{laptop}', 'waiting', sha256(uuid_send(id)), now(), now(), now() FROM requests WHERE council_id = '${COUNCIL}';
  ANALYZE contacts; ANALYZE request_lines`;
/** Notices in turn over the households, all due at `at`. */
const plan = (count: number, at: string) => `
  INSERT INTO notices (council_id, id, household_id, line_id, trigger, slot, planned_at, due_at, state, created_at)
    SELECT h.council_id, gen_random_uuid(), h.id, h.id, '${TOLD}', '${SLOT}', ${at}, ${at}, 'scheduled', now()
    FROM generate_series(1, ${count}) n
    JOIN (SELECT council_id, id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS families FROM households WHERE council_id = '${COUNCIL}') h
      ON h.place = n % h.families;
  VACUUM ANALYZE notices`;
const LATER = `now() + interval '30 days' + n * interval '1 second'`;
const DUE = `now() - interval '1 minute'`;

export const benchmark: Benchmark = {
  about: 'notices: finding and handing over what is due among what is planned, and sending it with two workers to a local mail server',
  async run(words) {
    const { values } = parseArgs({
      args: [...words],
      options: { notices: { type: 'string' }, due: { type: 'string' }, few: { type: 'string' }, sent: { type: 'string' } },
    });
    const sizes: Sizes = {
      notices: Number(values.notices ?? 1_000_000),
      due: Number(values.due ?? 100_000),
      few: Number(values.few ?? 10_000),
      sent: Number(values.sent ?? 20_000),
    };
    // One household for each due notice, so that each is a message.
    const database = await fullDatabase(['--devices', '1000', '--households', String(sizes.due)]);
    try {
      await onServer(database.url, FAMILIES);
      const app = await startBenchApplication(database.url, COUNCIL);
      try {
        return await measured(app, database.url, sizes);
      } finally {
        await app.stop();
      }
    } finally {
      await database.stop();
    }
  },
};

async function measured(app: BenchApplication, url: string, sizes: Sizes) {
  await onServer(url, plan(sizes.few, LATER));
  const few = await idleCost(app, url, sizes.few);
  await onServer(url, plan(sizes.notices - sizes.due - sizes.few, LATER));
  const many = await idleCost(app, url, sizes.notices - sizes.due);
  await onServer(url, plan(sizes.due, DUE));
  const handedOver = await handOver(app, url);
  const sending = await send(url, Math.min(sizes.sent, sizes.due));
  const slow = [
    ['sweep', few.sweep.median, many.sweep.median],
    ['guard', few.guard.median, many.guard.median],
  ] as const;
  return {
    tables: {
      'with nothing due, milliseconds': [
        { planned: few.planned, sweep: few.sweep.median, sweepP95: few.sweep.p95, guard: few.guard.median, guardP95: few.guard.p95 },
        { planned: many.planned, sweep: many.sweep.median, sweepP95: many.sweep.p95, guard: many.guard.median, guardP95: many.guard.p95 },
      ],
      'found and handed over': [handedOver],
      [`sent by ${WORKERS} workers`]: [sending],
    },
    faults: [
      ...slow
        .filter(([, one, other]) => other > Math.max(FLOOR_MS, MOST_TIMES_SLOWER * one))
        .map(([what, one, other]) => `${what}: ${one} ms with few planned, ${other} ms with many`),
      ...(handedOver.messages === sizes.due ? [] : [`${sizes.due} were due, ${handedOver.messages} were handed over`]),
      ...(sending.twice === 0 ? [] : [`${sending.twice} messages came twice`]),
    ],
  };
}

/** What a sweep, and the look for missed ones, cost when they find nothing. */
async function idleCost(app: BenchApplication, url: string, planned: number) {
  await forget(url);
  return {
    planned,
    sweep: await timings(TIMES, () => sweep(app)),
    guard: await timings(TIMES, () => app.nest.get(SweepNoticesService).guard()),
  };
}

/** Batch after batch, as the sweep's jobs do it one after the other. */
async function handOver(app: BenchApplication, url: string) {
  await forget(url);
  const start = performance.now();
  let batches = 0;
  for (let left = true; left; batches += 1) {
    await sweep(app);
    left = (await onServer<{ id: string }>(url, `SELECT id FROM notices WHERE state = 'scheduled' AND due_at <= now() LIMIT 1`)).length > 0;
  }
  const seconds = (performance.now() - start) / 1000;
  const messages = await count(url, `outbox WHERE kind = 'notice.delivery'`);
  return {
    messages,
    batches,
    seconds: round(seconds),
    perSecond: Math.round(messages / seconds),
    mebibytes: mebibytes(process.memoryUsage.rss()),
  };
}

/** Two workers of the built program, with what was handed over; the mail server counts. */
async function send(url: string, wanted: number) {
  await onServer(
    url,
    `DELETE FROM outbox WHERE kind <> 'notice.delivery' OR id NOT IN (SELECT id FROM outbox WHERE kind = 'notice.delivery' LIMIT ${wanted});
     UPDATE outbox SET due_at = now() + interval '1 day'`, // until every worker is there
  );
  const mails = await startMailCounter();
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-notices-'));
  const workers: Program[] = [];
  try {
    for (let number = 0; number < WORKERS; number += 1)
      workers.push(await startProgram(url, join(folder, String(number)), { ROLE: 'worker', SMTP_URL: mails.url }));
    await onServer(url, 'UPDATE outbox SET due_at = now()');
    const start = performance.now();
    let peak = 0;
    while ((await count(url, `outbox WHERE kind = 'notice.delivery' AND done_at IS NULL`)) > 0) {
      peak = Math.max(peak, ...(await Promise.all(workers.map((worker) => worker.memory()))));
      if (performance.now() - start > PATIENCE_MS) throw new Error('the workers do not come to an end');
      await setTimeout(100);
    }
    const seconds = (performance.now() - start) / 1000;
    const sent = mails.different();
    return {
      messages: sent,
      twice: mails.taken() - sent,
      seconds: round(seconds),
      perSecond: Math.round(sent / seconds),
      mebibytesEach: mebibytes(peak),
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await mails.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One sweep as its job does it, but for the job's own row. */
function sweep(app: BenchApplication): Promise<void> {
  const { nest } = app;
  const complete: Job['complete'] = (effects) => nest.get(Transactions).write(COUNCIL, effects);
  return nest.get(SweepNoticesService).sweep({ id: COUNCIL, councilId: COUNCIL, ids: {}, dueAt: new Date(), attempt: 1, complete });
}

const forget = (url: string) => onServer(url, 'DELETE FROM outbox; VACUUM outbox');
const count = async (url: string, rows: string) => Number((await onServer<{ n: string }>(url, `SELECT count(*) AS n FROM ${rows}`))[0]?.n);
const round = (seconds: number) => Math.round(seconds * 100) / 100;
const mebibytes = (bytes: number) => Math.round(bytes / MEBIBYTE);

async function onServer<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const statement of text.split('; ').flatMap((each) => each.split(';\n'))) ({ rows } = await client.query<Row>(statement));
    return rows;
  } finally {
    await client.end();
  }
}
