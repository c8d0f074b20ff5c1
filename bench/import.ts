import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startBenchApplication } from './support/application.js';
import type { Benchmark } from './support/benchmark.js';
import { fullDatabase } from './support/bench-database.js';
import { type Program, startProgram } from './support/program.js';
import { COUNCIL } from './support/stock.js';

const ROWS = 100_000;
const MOST_MEBIBYTES = 200;
const MEBIBYTE = 1024 * 1024;

const HEADER = 'Asset Tag,Serial,Model,Manufacturer,Category,Location,Status,Purchase Date,Purchase Cost,Notes,Supplier';
const row = (number: number, category: string) =>
  `IMP-${number},SN-${number},Book ${number % 40},Acme ${number % 7},${category},Site ${1 + (number % 120)},Ready to Deploy,2026-09-01,320.50,"Bought with\nothers, lot ${number % 50}",Somebody`;
const fileOf = (rows: number, category = 'Laptops') =>
  [HEADER, ...Array.from({ length: rows }, (_, number) => row(number, category)), ''].join('\n');

/** What is sent, one after the other, into one council. */
const RUNS: readonly (readonly [what: string, mode: string, category: string])[] = [
  ['preview', 'preview', 'Laptops'],
  ['apply: all new', 'apply', 'Laptops'],
  ['apply again: nothing changes', 'apply', 'Laptops'],
  ['apply: every row changes', 'apply', 'Tablets'],
  ['apply: every row fails', 'apply', 'Backhoe'],
];

export const benchmark: Benchmark = {
  about: `${ROWS} rows of devices, sent over HTTP to the program as it runs in production; less than ${MOST_MEBIBYTES} MiB of added memory`,
  async run() {
    const database = await fullDatabase(['--devices', '1000', '--households', '100']);
    const folder = await mkdtemp(join(tmpdir(), 'passerelle-import-'));
    try {
      const app = await startBenchApplication(database.url, COUNCIL);
      await app.stop();
      const program = await startProgram(database.url, folder);
      try {
        const council = { program, headers: app.headers, file: join(folder, 'devices.csv') };
        const figures: Figure[] = [];
        await imported(council, 'warm-up', 'preview', fileOf(1_000));
        for (const [what, mode, category] of RUNS) figures.push(await imported(council, what, mode, fileOf(ROWS, category)));
        const heavy = figures.filter(({ addedMebibytes }) => addedMebibytes >= MOST_MEBIBYTES);
        return { tables: { [`${ROWS} rows`]: figures }, faults: heavy.map(({ what, addedMebibytes }) => `${what}: ${addedMebibytes} MiB`) };
      } finally {
        await program.stop();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
      await database.stop();
    }
  },
};

interface Council {
  readonly program: Program;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: string;
}

interface Figure {
  readonly what: string;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Highest resident size above that of the idle program before the first import: API and job together, without PostgreSQL. */
  readonly addedMebibytes: number;
  /** How many different figures somebody saw who kept asking. */
  readonly progressSeen: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
}

type View = Pick<Figure, 'created' | 'updated' | 'unchanged' | 'failed'> & { readonly state: string; readonly processed: number };

let idle: number | undefined;

async function imported({ program, headers, file }: Council, what: string, mode: string, content: string): Promise<Figure> {
  await writeFile(file, content);
  idle ??= await program.memory();
  let peak = 0;
  const seen = new Set<number>();
  const start = performance.now();
  const path = await sent(program, headers, file, mode);
  for (;;) {
    peak = Math.max(peak, await program.memory());
    const view = (await (await fetch(`${program.url}${path}`, { headers })).json()) as View;
    seen.add(view.processed);
    if (view.state === 'failed') throw new Error(JSON.stringify(view));
    if (view.state === 'finished') {
      const seconds = (performance.now() - start) / 1000;
      const { processed, created, updated, unchanged, failed } = view;
      return {
        what,
        seconds: Math.round(seconds * 10) / 10,
        rowsPerSecond: Math.round(processed / seconds),
        addedMebibytes: Math.round((peak - idle) / MEBIBYTE),
        progressSeen: seen.size,
        created,
        updated,
        unchanged,
        failed,
      };
    }
    await setTimeout(20);
  }
}

/** Sends the file from the disk, as a stream; the path of what tells how it goes. */
async function sent({ url }: Program, headers: Council['headers'], file: string, mode: string): Promise<string> {
  const form = new FormData();
  form.append('kind', 'devices');
  form.append('mode', mode);
  form.append('file', await openAsBlob(file), 'devices.csv');
  const answer = await fetch(`${url}/api/v1/imports`, { method: 'POST', body: form, headers });
  if (answer.status !== 202) throw new Error(await answer.text());
  return answer.headers.get('location') ?? '';
}
