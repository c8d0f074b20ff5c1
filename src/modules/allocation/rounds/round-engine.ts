import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import type { Round, Solution } from '../domain/round.js';
import { solveRound } from '../domain/solve-round.js';

/** Fewer lines than this are solved at once, in a few milliseconds: a thread would take longer to start. */
const FEW_LINES = 5000;

/** From the sources, as tests and benchmarks run, a thread needs the loader that the process has. */
const isSource = import.meta.url.endsWith('.ts');
const THREAD = new URL(`./solve-round.thread.${isSource ? 'ts' : 'js'}`, import.meta.url);
const LOADER = isSource ? ['--import', '@swc-node/register/esm-register'] : [];

/** Solves rounds without holding up whoever else is served by this process. */
@Injectable()
export class RoundEngine {
  solve(round: Round): Promise<Solution> {
    return round.lines.ids.length < FEW_LINES ? Promise.resolve(solveRound(round)) : inThread(round);
  }
}

function inThread(round: Round): Promise<Solution> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(THREAD, { workerData: round, execArgv: LOADER });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the engine's thread ended with ${code}`)));
  });
}
