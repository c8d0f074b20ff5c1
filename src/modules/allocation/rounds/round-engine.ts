import { Injectable } from '@nestjs/common';
import { ThreadDispatcher, threadTask } from '../../../platform/index.js';
import type { Round, Solution } from '../domain/engine/round.js';
import { solveRound } from '../domain/engine/solve-round.js';

/** A round with fewer lines is solved in this thread, in a few milliseconds; a worker thread would take longer to start. */
const FEW_LINES = 5000;
const SOLVE = threadTask<typeof solveRound>(import.meta.url, './solve-round.thread');

/** Solves rounds without blocking other work of this process. */
@Injectable()
export class RoundEngine {
  constructor(private readonly threads: ThreadDispatcher) {}

  async solve(round: Round): Promise<Solution> {
    return round.lines.ids.length < FEW_LINES ? solveRound(round) : this.threads.work(SOLVE, round);
  }
}
