import { AsyncLocalStorage } from 'node:async_hooks';
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { EntityManager } from 'typeorm';
import { NO_COUNCIL, Transactions } from '../../src/platform/database/transactions.js';
import { Tx } from '../../src/platform/database/tx.js';
import { onServer, testDatabaseUrl } from './test-database.js';
import { type RecordedCall, shapeOf, stored, uuidsIn } from './statement-samples.js';

// Records every distinct statement that the application sends while tests run, with the place in the code and the parameters. The reporter
// and `npm run bench -- plans` read the records. It wraps the methods that send statements from outside, so production code does not know
// of it.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The place of the call that is being recorded, or null outside `src/`. Of nested calls the outermost counts. */
const under = new AsyncLocalStorage<string | null>();
/** Maps a place as V8 names it to the place in the source, or to null outside `src/`. */
const places = new Map<string, string | null>();
const seen = new Set<string>();
const fresh: RecordedCall[] = [];

/** The calls that this test file has recorded so far. */
export const recordedHere = (): readonly RecordedCall[] => fresh;

type Method = (this: object, ...given: unknown[]) => unknown;

/** The place from which the function was called. Each place of V8 is mapped to the source once. */
function placeOfCaller(callee: Method): string | null {
  const { prepareStackTrace: mapped, stackTraceLimit } = Error;
  const stack = () => {
    const holder: { stack?: unknown } = {};
    Error.captureStackTrace(holder, callee);
    return holder.stack;
  };
  Error.stackTraceLimit = 1;
  try {
    Error.prepareStackTrace = (_error, frames) => frames;
    const [frame] = stack() as NodeJS.CallSite[];
    const raw = frame ? `${frame.getFileName()}:${frame.getLineNumber()}:${frame.getColumnNumber()}` : '';
    let place = places.get(raw);
    if (place === undefined) {
      Error.prepareStackTrace = mapped;
      const [, file, line, column] = /[/](src[/][^:?]+)[^:]*:(\d+):(\d+)/.exec(String(stack())) ?? [];
      // The sources of a library may be in a `src/` too; that file does not exist in this project.
      const isOurs = file !== undefined && !file.endsWith('.spec.ts') && existsSync(join(ROOT, file));
      place = isOurs ? `${file}:${line}:${column}` : null;
      places.set(raw, place);
    }
    return place;
  } finally {
    Error.prepareStackTrace = mapped;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function record(place: string | null | undefined, role: RecordedCall['role'], text: string, values: readonly unknown[] = []): void {
  if (place === null || place === undefined) return;
  const shape = shapeOf(values);
  const key = `${place}\n${shape}\n${text}`;
  if (seen.has(key)) return;
  seen.add(key);
  fresh.push({ place, role, shape, text, values: values.map(stored), kinds: {} });
}

/** Runs a method inside the record of its call; `before` receives the arguments. */
function wrap(prototype: object, name: string, before?: (self: object, place: string | null, given: unknown[]) => void): void {
  const methods = prototype as Record<string, Method>;
  const original = methods[name] as Method;
  const wrapped: Method = function (this: object, ...given) {
    const outer = under.getStore();
    const place = outer === undefined ? placeOfCaller(wrapped) : outer;
    before?.(this, place, given);
    return outer === undefined ? under.run(place, () => original.apply(this, given)) : original.apply(this, given);
  };
  methods[name] = wrapped;
}

const ofTx = (self: object, place: string | null, [text, values]: unknown[]) =>
  record(place, (self as Tx).councilId === NO_COUNCIL ? 'system' : 'council', text as string, values as unknown[] | undefined);

let isOn = false;

/** From now on the statements of a test file are recorded; those of an earlier one are forgotten. */
export function startRecording(): void {
  seen.clear();
  fresh.length = 0;
  if (isOn) return;
  isOn = true;
  wrap(Tx.prototype, 'query', ofTx);
  wrap(Tx.prototype, 'execute', ofTx);
  wrap(Tx.prototype, 'one');
  wrap(Tx.prototype, 'row');
  wrap(Transactions.prototype, 'tenantRead');
  wrap(Transactions.prototype, 'platformCall', (_self, place, [text, values]) =>
    record(place, 'platform', text as string, values as unknown[]),
  );
  for (const name of ['findOneBy', 'findOne', 'find', 'insert', 'update']) wrap(EntityManager.prototype, name);
  wrap(pg.Client.prototype, 'query', (_self, place, [text, values]) => {
    // TypeORM made this statement. All others are recorded by the methods that send them.
    if (typeof text === 'string' && Array.isArray(values)) record(place, 'council', text, values);
  });
}

/** Writes what was recorded into the folder of the run. */
export async function writeRecorded(folder: string): Promise<void> {
  // The tables of the ids are needed only for samples that are kept, and cost some seconds for each file.
  const kinds = process.env.STATEMENTS === 'write' ? await kindsOf(fresh) : {};
  const lines = fresh.map((call) => `${JSON.stringify({ ...call, kinds: pick(kinds, uuidsIn(call.values)) })}\n`);
  appendFileSync(join(folder, `${process.pid}.jsonl`), lines.join(''));
}

/** Finds the table of each id while the rows exist; the next file empties the database. */
async function kindsOf(calls: readonly RecordedCall[]): Promise<Readonly<Record<string, string>>> {
  const ids = [...new Set(calls.flatMap(({ values }) => uuidsIn(values)))];
  if (ids.length === 0) return {};
  return onServer(await testDatabaseUrl(), async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attname = 'id' AND atttypid = 'uuid'::regtype ORDER BY relname = 'devices', relname`,
    );
    const each = tables.map(({ name }) => `SELECT id::text AS id, '${name}' AS kind FROM ${name} WHERE id = ANY ($1)`);
    const { rows } = await client.query<{ id: string; kind: string }>(each.join(' UNION ALL '), [ids]);
    return Object.fromEntries(rows.map(({ id, kind }) => [id, kind]));
  });
}

const pick = (kinds: Readonly<Record<string, string>>, ids: readonly string[]): Record<string, string> =>
  Object.fromEntries(ids.flatMap((id) => (kinds[id] === undefined ? [] : [[id, kinds[id]]])));
