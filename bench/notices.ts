import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { SHIPPED_NOTICE_POLICY, slotOf } from '../src/modules/notices/domain/notice-policy.rules.js';
import { SweepNoticesService } from '../src/modules/notices/sending/sweep-notices.service.js';
import { type Job, Transactions } from '../src/platform/index.js';
import { type BenchApplication, startBenchApplication } from './support/application.js';
import type { Benchmark } from './support/benchmark.js';
import { fullDatabase } from './support/bench-database.js';
import { startMailCounter } from './support/mail-counter.js';
import { type Program, startProgram } from './support/program.js';
import { COUNCIL } from './support/stock.js';

const WORKERS = 2;
const MEBIBYTE = 1024 * 1024;
/** What is asked of it, a second. */
const HANDED_OVER = 2000;
const SENT = 300;
/** A sweep costs the same however much is planned, within a tenth. */
const MOST_TIMES_SLOWER = 1.1;
/** Turns of a sweep that finds nothing, and of one that hands over `A_FEW_DUE` messages. */
const IDLE_TURNS = 400;
const BUSY_TURNS = 80;
const A_FEW_DUE = 100;
/** Turns before the first that counts. */
const WARM_UP = 6;
/** What a worker may grow by after the first fifth of what it sends. */
const MOST_GROWTH_MEBIBYTES = 50;
const PATIENCE_MS = 3_600_000;
const SAMPLE_MS = 250;

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
/** Notices in turn over the households from the one numbered `from` on, all due at `at`. */
const plan = (count: number, at: string, from = 1) => `
  INSERT INTO notices (council_id, id, household_id, line_id, trigger, slot, planned_at, due_at, state, created_at)
    SELECT h.council_id, gen_random_uuid(), h.id, h.id, '${TOLD}', '${SLOT}', ${at}, ${at}, 'scheduled', now()
    FROM (SELECT count(*) AS households FROM households WHERE council_id = '${COUNCIL}') families
    CROSS JOIN generate_series(${from}, ${from + count - 1}) n
    JOIN (SELECT council_id, id, row_number() OVER (ORDER BY id) - 1 AS place FROM households WHERE council_id = '${COUNCIL}') h
      ON h.place = n % families.households`;
const SETTLED = 'VACUUM ANALYZE notices';
const LATER = `now() + interval '30 days' + n * interval '1 second'`;
const DUE = `now() - interval '1 minute'`;

export const benchmark: Benchmark = {
  about: `notices: what is due is found and handed over among what is planned (${HANDED_OVER} a second or more, at the same cost whatever is planned), and sent by ${WORKERS} workers to a local mail server (${SENT} a second or more)`,
  async run(words) {
    const { values } = parseArgs({
      args: [...words],
      options: { notices: { type: 'string' }, due: { type: 'string' }, few: { type: 'string' }, sent: { type: 'string' } },
    });
    const due = Number(values.due ?? 100_000);
    const sizes: Sizes = {
      notices: Number(values.notices ?? 1_000_000),
      due,
      few: Number(values.few ?? 10_000),
      sent: Number(values.sent ?? due),
    };
    // One household for each due notice, so that each is a message.
    const database = await fullDatabase(['--devices', '1000', '--households', String(sizes.due)]);
    try {
      await onServer(database.url, FAMILIES);
      await onServer(database.url, plan(sizes.few, LATER));
      const fewUrl = await copyOf(database.url);
      await onServer(database.url, plan(sizes.notices - sizes.due - sizes.few, LATER));
      const costs = await sweepCosts(fewUrl, database.url);
      await onServer(database.url, `DELETE FROM notices WHERE state <> 'scheduled'`);
      await onServer(database.url, plan(sizes.due, DUE));
      await onServer(database.url, SETTLED);
      const handedOver = await handOver(database.url);
      const sending = await send(database.url, Math.min(sizes.sent, sizes.due));
      return {
        tables: {
          [`a sweep among ${sizes.notices - sizes.due} that are not due, by one among ${sizes.few}: medians of turns one after the other, milliseconds`]:
            costs,
          'found and handed over': [handedOver],
          [`sent by ${WORKERS} workers, each with all that a worker does`]: [sending],
        },
        faults: [
          ...costs
            .filter(({ ratio }) => ratio > MOST_TIMES_SLOWER)
            .map(({ what, ratio }) => `${what}: ${ratio} times slower with many planned`),
          ...(handedOver.messages === sizes.due ? [] : [`${sizes.due} were due, ${handedOver.messages} were handed over`]),
          ...(handedOver.perSecond >= HANDED_OVER ? [] : [`handed over: ${handedOver.perSecond} a second`]),
          ...(sending.perSecond >= SENT ? [] : [`sent: ${sending.perSecond} a second`]),
          ...(sending.twice === 0 ? [] : [`${sending.twice} messages came twice`]),
          ...(sending.mebibytesGrown <= MOST_GROWTH_MEBIBYTES ? [] : [`a worker grew by ${sending.mebibytesGrown} MiB`]),
        ],
      };
    } finally {
      await database.stop();
    }
  },
};

/** The same database under another name on the same server. */
async function copyOf(url: string): Promise<string> {
  const copy = new URL(url);
  copy.pathname = '/few';
  const server = new URL(url);
  server.pathname = '/template1';
  await onServer(server.href, `CREATE DATABASE few TEMPLATE "${new URL(url).pathname.slice(1)}"`);
  return copy.href;
}

/** With few and with many planned, in turn, so that what else the machine does weighs on both alike. */
async function sweepCosts(fewUrl: string, manyUrl: string) {
  const datasets: { readonly url: string; readonly app: BenchApplication; readonly taken: Map<string, number[]> }[] = [];
  for (const url of [fewUrl, manyUrl])
    datasets.push({ url, app: await startBenchApplication(url, COUNCIL), taken: new Map<string, number[]>() });
  const measure = async (
    what: string,
    turns: number,
    prepare: ((url: string, turn: number) => Promise<unknown>) | null,
    run: (app: BenchApplication) => Promise<void>,
  ) => {
    for (const { url } of datasets) for (const each of [SETTLED, 'DELETE FROM outbox', 'VACUUM outbox']) await onServer(url, each);
    for (let turn = -WARM_UP; turn < turns; turn += 1) {
      // Neither is always the first of a turn.
      for (const { url, app, taken } of turn % 2 === 0 ? datasets : datasets.toReversed()) {
        await prepare?.(url, turn);
        const start = performance.now();
        await run(app);
        if (turn >= 0) taken.set(what, [...(taken.get(what) ?? []), performance.now() - start]);
      }
    }
    const [few, many] = datasets.map(({ taken }) => median(taken.get(what) ?? [])) as [number, number];
    return { what, turns, few: round(few), many: round(many), ratio: round(many / few) };
  };
  try {
    return [
      await measure('a sweep that finds nothing', IDLE_TURNS, null, sweep),
      await measure('the look for what was missed', IDLE_TURNS, null, (app) => app.nest.get(SweepNoticesService).guard()),
      await measure(
        `a sweep that hands over ${A_FEW_DUE}`,
        BUSY_TURNS,
        (url, turn) => onServer(url, plan(A_FEW_DUE, DUE, (turn + WARM_UP) * A_FEW_DUE)),
        sweep,
      ),
    ];
  } finally {
    for (const { app } of datasets) await app.stop();
  }
}

/** Batch after batch, as the sweep's jobs do it one after the other. */
async function handOver(url: string) {
  await forget(url);
  const app = await startBenchApplication(url, COUNCIL);
  try {
    return await handedOver(app, url);
  } finally {
    await app.stop();
  }
}

async function handedOver(app: BenchApplication, url: string) {
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
      workers.push(
        await startProgram(url, join(folder, String(number)), { ROLE: 'worker', SMTP_URL: mails.url, OUTBOX_MESSAGES_PER_SECOND: '10000' }),
      );
    await onServer(url, 'UPDATE outbox SET due_at = now()');
    const start = performance.now();
    const sizes: { readonly sent: number; readonly bytes: number }[] = [];
    while ((await count(url, `outbox WHERE kind = 'notice.delivery' AND done_at IS NULL`)) > 0) {
      sizes.push({ sent: mails.taken(), bytes: Math.max(...(await Promise.all(workers.map((worker) => worker.memory())))) });
      if (performance.now() - start > PATIENCE_MS) throw new Error('the workers do not come to an end');
      await setTimeout(SAMPLE_MS);
    }
    const seconds = (performance.now() - start) / 1000;
    const peak = (isOf: (sent: number) => boolean) => Math.max(0, ...sizes.filter((size) => isOf(size.sent)).map(({ bytes }) => bytes));
    const sent = mails.different();
    return {
      messages: sent,
      twice: mails.taken() - sent,
      seconds: round(seconds),
      perSecond: Math.round(sent / seconds),
      mebibytesEach: mebibytes(peak(() => true)),
      mebibytesGrown: mebibytes(peak(() => true) - peak((count) => count <= wanted / 5)),
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

const median = (taken: readonly number[]) => taken.toSorted((one, other) => one - other)[Math.floor(taken.length / 2)] ?? 0;
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
