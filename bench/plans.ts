import pg from 'pg';
import { type ListedStatement, listedStatements } from '../test/support/statement-list.js';
import type { Benchmark } from './support/benchmark.js';
import { fillBooks } from './support/loan-data.js';
import { type Cost, costOf, type Mode, type SmallTables, smallTables } from './support/explained.js';
import { fullDatabase } from './support/bench-database.js';
import { REASONS } from './support/plan-reasons.js';
import { idsInDataset, literals, storiesOf } from './support/plan-samples.js';

/** So many rows may be read for one that is answered (a loan: its household, learners, three items and their devices), and so many beside. */
const FOR_ONE = 12;
const BESIDE = 60;
/** Tables of so many rows at most do not grow with stock and families. */
const SMALL = 1000;

interface Dataset {
  readonly stories: Awaited<ReturnType<typeof storiesOf>>;
  readonly small: SmallTables;
}

interface Explained {
  readonly id: string;
  readonly file: string;
  readonly says: string;
  readonly answered: number;
  readonly read: number;
  readonly buffers: number;
  readonly readGeneric: number;
  readonly buffersGeneric: number;
  readonly scans: string;
  /** What went wrong instead. */
  readonly problem?: string;
  readonly reason?: string;
}

export const benchmark: Benchmark = {
  about: `every statement of bench/statements.json on a full dataset, with values and as a generic plan: none reads more than ${BESIDE} rows and ${FOR_ONE} for each that it answers with, but those with a reason (bench/support/plan-reasons.ts)`,
  async run(words) {
    const database = await fullDatabase(words);
    try {
      await fillBooks(database.url);
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      try {
        // What other benchmarks wrote is known to the planner, as autovacuum sees to it in a database that is in use.
        await client.query('VACUUM ANALYZE');
        const dataset = { stories: await storiesOf(client), small: await smallTables(client, SMALL) };
        const explained: Explained[] = [];
        for (const statement of listedStatements()) explained.push(await explain(client, statement, dataset));
        const faults = explained.filter(({ reason, problem, read, readGeneric, answered }) => {
          return reason === undefined && (problem !== undefined || Math.max(read, readGeneric) > allowed(answered));
        });
        const known = REASONS.filter(
          ({ file, says }) => !explained.some((each) => each.file === file && (!says || each.reason !== undefined)),
        );
        return {
          tables: { [`${explained.length} statements, ${database.size.devices} devices: the dearest sample of each`]: explained },
          faults: [
            ...faults.map(({ id, file, says, problem, answered, read, readGeneric }) => {
              return `${id} ${file}: ${problem ?? `reads ${read}, as a generic plan ${readGeneric}, for ${answered}`}: ${says}`;
            }),
            ...known.map(({ file, says }) => `a reason for nothing: ${file} ${says?.source ?? ''}`),
          ],
        };
      } finally {
        await client.end();
      }
    } finally {
      await database.stop();
    }
  },
};

const allowed = (answered: number): number => BESIDE + FOR_ONE * answered;

async function explain(client: pg.Client, statement: ListedStatement, dataset: Dataset): Promise<Explained> {
  const file = statement.files[0] ?? '';
  const reason = REASONS.find((each) => statement.files.includes(each.file) && (each.says?.test(statement.text) ?? true))?.reason;
  const found = {
    id: statement.id,
    file,
    says: statement.text.replaceAll(/\s+/g, ' ').trim().slice(0, 100),
    ...(reason !== undefined && { reason }),
  };
  let dearest: Explained | null = null;
  let problem = 'no sample';
  for (const sample of statement.samples) {
    const run = (mode: Mode) => runSample(client, statement, sample, dataset, mode);
    try {
      const custom = await run('custom');
      let generic = await run('generic');
      // A generic plan that PostgreSQL would not choose harms nobody.
      if (generic.read > allowed(generic.answered)) generic = await run('settled');
      const cost = {
        answered: custom.answered,
        read: custom.read,
        buffers: custom.buffers,
        readGeneric: generic.read,
        buffersGeneric: generic.buffers,
      };
      const over = Math.max(cost.read, cost.readGeneric) - allowed(cost.answered);
      const before = dearest && Math.max(dearest.read, dearest.readGeneric) - allowed(dearest.answered);
      if (before === null || over > before)
        dearest = { ...found, ...cost, scans: [...new Set([...custom.scans, ...generic.scans])].join(', ') };
    } catch (error) {
      problem = (error as Error).message;
    }
  }
  return dearest ?? { ...found, answered: 0, read: 0, buffers: 0, readGeneric: 0, buffersGeneric: 0, scans: '', problem };
}

/** With ids of the dataset; where rows that it makes would then be there already, with those that the test made. */
async function runSample(
  client: pg.Client,
  statement: ListedStatement,
  sample: ListedStatement['samples'][number],
  { stories, small }: Dataset,
  mode: Mode,
): Promise<Cost> {
  let failed: unknown;
  for (const keep of ['made', 'free', 'none', 'all'] as const) {
    try {
      return await costOf(client, statement, literals(sample.values, idsInDataset(statement.text, sample, stories, keep)), mode, small);
    } catch (error) {
      failed ??= error;
    }
  }
  throw failed;
}
