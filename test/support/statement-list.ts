import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RecordedCall, uuidsIn } from './statement-samples.js';
import { allCallSites } from './statement-sites.js';

// The list of all statements in bench/statements.json. The statements that tests recorded are compared with it, or written to it.

const LIST = fileURLToPath(new URL('../../bench/statements.json', import.meta.url));
/** The most samples of one statement, each with another choice of parameters. */
const MOST_SAMPLES = 6;

type Sample = Pick<RecordedCall, 'shape' | 'values' | 'kinds'>;

/** One distinct statement, with one sample of its parameters for each choice of those that are given. */
export interface ListedStatement {
  /** The hash of its text. */
  readonly id: string;
  /** The files that send it. */
  readonly files: readonly string[];
  readonly role: RecordedCall['role'];
  readonly text: string;
  readonly samples: readonly Sample[];
}

/** The calls that the workers of this run recorded. */
function recorded(folder: string): RecordedCall[] {
  return readdirSync(folder)
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedCall);
}

export const listedStatements = (): ListedStatement[] => JSON.parse(readFileSync(LIST, 'utf8')) as ListedStatement[];

/** The lower, the better the sample: it should have many ids of rows that existed, and be short. Without any id it explains little. */
const costOf = ({ values, kinds }: Sample): number => {
  const ids = uuidsIn(values);
  const unknown = ids.filter((id) => kinds[id] === undefined).length;
  return 1_000_000 * unknown + (ids.length === unknown ? 500_000 : 0) + JSON.stringify(values).length;
};

/** Samples that were in the list before are kept, so that the list changes only where statements do. */
export function listOf(calls: readonly RecordedCall[], before: readonly ListedStatement[], isWhole: boolean): ListedStatement[] {
  const ofText = new Map(calls.map(({ text }) => [text, [] as RecordedCall[]]));
  for (const call of calls) ofText.get(call.text)?.push(call);
  const earlier = new Map(before.map((statement) => [statement.text, statement]));
  const listed = [...ofText].map(([text, sent]): ListedStatement => {
    const known = earlier.get(text);
    const samples = new Map<string, Sample>();
    for (const { shape, values, kinds } of sent) {
      const other = samples.get(shape);
      if (!other || costOf({ shape, values, kinds }) < costOf(other)) samples.set(shape, { shape, values, kinds });
    }
    for (const sample of known?.samples ?? []) if (!isWhole || samples.has(sample.shape)) samples.set(sample.shape, sample);
    const files = new Set(sent.map(({ place }) => place.replace(/:.*/, '')));
    if (!isWhole) for (const file of known?.files ?? []) files.add(file);
    return {
      id: createHash('sha1').update(text).digest('hex').slice(0, 12),
      files: [...files].sort(),
      role: sent[0]?.role ?? 'council',
      text,
      samples: [...samples.values()].sort((one, other) => (one.shape < other.shape ? 1 : -1)).slice(0, MOST_SAMPLES),
    };
  });
  const others = isWhole ? [] : before.filter(({ text }) => !ofText.has(text));
  const keyOf = ({ files, text }: ListedStatement) => `${files[0]}\n${text}`;
  return [...listed, ...others].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** Writes the recorded statements to the list: the whole list, or the additions of a run of some tests. */
export function writeList(folder: string, isWhole: boolean): string {
  const statements = listOf(recorded(folder), listedStatements(), isWhole);
  writeFileSync(LIST, `${JSON.stringify(statements, null, 1)}\n`);
  return `${statements.length} statements are listed`;
}

/** What the reporter prints after all tests. */
export interface ListComparison {
  /** Places that send a statement and that no test reached; they make the run fail. */
  readonly unreached: readonly string[];
  /** Statements that are not in the list, and so were never explained at full size; the run only reports them. */
  readonly unlisted: readonly Pick<RecordedCall, 'place' | 'text'>[];
}

export function comparedWith(
  calls: readonly Pick<RecordedCall, 'place' | 'text'>[],
  places: readonly string[],
  listed: readonly Pick<ListedStatement, 'text'>[],
): ListComparison {
  const reached = new Set(calls.map(({ place }) => place));
  const known = new Set(listed.map(({ text }) => text));
  const unlisted = new Map(calls.filter(({ text }) => !known.has(text)).map(({ text, place }) => [text, place]));
  return {
    unreached: places.filter((place) => !reached.has(place)),
    unlisted: [...unlisted].map(([text, place]) => ({ text, place })),
  };
}

export const lookedThrough = (folder: string): ListComparison => comparedWith(recorded(folder), allCallSites(), listedStatements());
