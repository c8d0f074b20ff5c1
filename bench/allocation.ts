import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseRound, roundResult, type RoundInput } from '../src/modules/allocation/index.js';
import { byIntegerProgram, inOrder } from '../test/support/integer-program.js';
import { aRandomRound, type Demand, DEMANDS, type RoundSize } from '../test/support/rounds.js';
import type { Benchmark, Findings } from './support/benchmark.js';
import type { SolveFigures } from './support/solve-round.js';

const SEED = 20_261_102;
const TIMES = 3;
/** Of the largest round. */
const MOST_SECONDS = 5;
const MOST_MEBIBYTES = 1536;

const SIZES = [
  { lines: 10_000, pools: 40, devices: 2_000, signatures: 2_000 },
  { lines: 100_000, pools: 400, devices: 20_000, signatures: 20_000 },
  { lines: 1_000_000, pools: 400, devices: 200_000, signatures: 20_000 },
];
/** What a solver of integer programs can do as well. */
const COMPARED = { lines: 20_000, pools: 200, devices: 5_000, signatures: 2_000 };
const demands = Object.keys(DEMANDS) as Demand[];

export const benchmark: Benchmark = {
  about: `the allocation engine on rounds made at random (seed ${SEED}), medians of ${TIMES}; a million lines within ${MOST_SECONDS} s and ${MOST_MEBIBYTES} MiB`,
  async run() {
    return together(await engineGrowth(), await againstIntegerProgram());
  },
};

function together(...parts: readonly Findings[]): Findings {
  return {
    tables: Object.assign({}, ...parts.map(({ tables }) => tables)) as Findings['tables'],
    faults: parts.flatMap(({ faults }) => faults),
  };
}

/** The engine alone, each time in a process of its own, which reads the round from a file as the command line does. */
async function engineGrowth(): Promise<Findings> {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-rounds-'));
  try {
    const rows: (RoundSize & SolveFigures)[] = [];
    for (const demand of demands) {
      for (const size of SIZES) {
        const file = join(folder, 'round.json');
        await writeFile(file, JSON.stringify(aRandomRound({ ...size, demand }, SEED)));
        rows.push({ demand, ...size, ...(await median(file)) });
      }
    }
    const faults = rows
      .filter(({ seconds, peakMebibytes }) => seconds > MOST_SECONDS || peakMebibytes > MOST_MEBIBYTES)
      .map(({ demand, lines, seconds, peakMebibytes }) => `${lines} lines, ${demand}: ${seconds} s, ${peakMebibytes} MiB`);
    return { tables: { 'the engine, from the objects of the input to those of the result': rows }, faults };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of several runs the one in the middle, with the most memory that any took. */
async function median(file: string): Promise<SolveFigures> {
  const runs: SolveFigures[] = [];
  for (let turn = 0; turn < TIMES; turn++) runs.push(await solvedApart(file));
  runs.sort((one, other) => one.seconds - other.seconds);
  const middle = runs[Math.floor(TIMES / 2)];
  if (!middle) throw new Error('nothing was measured');
  return {
    ...middle,
    secondsToRead: rounded(middle.secondsToRead),
    seconds: rounded(middle.seconds),
    cpuSeconds: rounded(middle.cpuSeconds),
    peakMebibytes: Math.round(Math.max(...runs.map(({ peakMebibytes }) => peakMebibytes))),
  };
}

const SOLVE_ROUND = fileURLToPath(new URL('./support/solve-round.ts', import.meta.url));

async function solvedApart(file: string): Promise<SolveFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', '@swc-node/register/esm-register', SOLVE_ROUND, file]);
  return JSON.parse(stdout) as SolveFigures;
}

/** The same rounds, given to a solver of integer programs line by line: the same answer, and how much longer it takes. */
async function againstIntegerProgram(): Promise<Findings> {
  const rows: Compared[] = [];
  for (const demand of demands) rows.push(await compared(demand, aRandomRound({ ...COMPARED, demand }, SEED)));
  const faults = rows.filter(({ same }) => !same).map(({ demand }) => `${demand}: the engine and the integer program do not agree`);
  return { tables: { [`HiGHS on ${COMPARED.lines} lines, two programs with a yes or no for each line and pool`]: rows }, faults };
}

interface Compared {
  readonly demand: Demand;
  readonly seconds: number;
  readonly programSeconds: number;
  readonly ratio: number;
  readonly servedValue: number;
  readonly rankSum: number;
  readonly same: boolean;
}

async function compared(demand: Demand, input: RoundInput): Promise<Compared> {
  const taken: number[] = [];
  for (let turn = 0; turn < TIMES; turn++) {
    const start = performance.now();
    solved(input);
    taken.push((performance.now() - start) / 1000);
  }
  const seconds = taken.sort((one, other) => one - other)[Math.floor(TIMES / 2)] ?? 0;
  const start = performance.now();
  const program = await byIntegerProgram(input);
  const programSeconds = (performance.now() - start) / 1000;
  const { assignments, stats } = solved(input);
  const places = new Map(inOrder(input.lines, input.seed).map(({ id }, place) => [id, place]));
  const servedValue = assignments.reduce((sum, { line }) => sum + input.lines.length - (places.get(line) ?? 0), 0);
  return {
    demand,
    seconds: rounded(seconds),
    programSeconds: rounded(programSeconds),
    ratio: Math.round(programSeconds / seconds),
    servedValue,
    rankSum: stats.rankSum,
    same: servedValue === program.servedValue && stats.rankSum === program.rankSum,
  };
}

function solved(input: RoundInput) {
  const round = parseRound(input);
  if (!round.ok) throw new Error(JSON.stringify(round.reason));
  return roundResult(round.value);
}

const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000;
