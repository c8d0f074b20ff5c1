import { readFileSync } from 'node:fs';
import { parseRound, roundResult } from '../../src/modules/allocation/index.js';

// A process of its own: reads a round from a JSON file, solves it, and prints what that took.

/** What one process took. */
export interface SolveFigures {
  /** From the file to JavaScript objects. */
  readonly secondsToRead: number;
  /** From the objects of the input to those of the result: checked, solved, put into words. */
  readonly seconds: number;
  /** The same, of both cores' time: on a busy machine the seconds are more. */
  readonly cpuSeconds: number;
  /** Highest resident size of the process, with the file and the input. */
  readonly peakMebibytes: number;
  readonly served: number;
  readonly rankSum: number;
}

const [file] = process.argv.slice(2);
if (file !== undefined) {
  const start = performance.now();
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const read = performance.now();
  const cpu = process.cpuUsage();
  const round = parseRound(json);
  if (!round.ok) throw new Error(JSON.stringify(round.reason));
  const { stats } = roundResult(round.value);
  const seconds = (performance.now() - read) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const figures: SolveFigures = {
    secondsToRead: (read - start) / 1000,
    seconds,
    cpuSeconds: (user + system) / 1_000_000,
    peakMebibytes: process.resourceUsage().maxRSS / 1024,
    served: stats.served,
    rankSum: stats.rankSum,
  };
  process.stdout.write(JSON.stringify(figures));
}
