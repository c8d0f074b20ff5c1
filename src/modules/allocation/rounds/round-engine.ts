import { Injectable } from '@nestjs/common';
import { ThreadDispatcher, threadTask } from '../../../platform/index.js';
import type { Round, Solution } from '../domain/engine/round.js';
import { solveRound } from '../domain/engine/solve-round.js';

/** Fewer lines than this are solved at once, in a few milliseconds: a thread would take longer to start. */
const FEW_LINES = 5000;
const SOLVE = threadTask<typeof solveRound>(import.meta.url, './solve-round.thread');

/** Solves rounds without holding up whoever else is served by this process. */
@Injectable()
export class RoundEngine {
  constructor(private readonly threads: ThreadDispatcher) {}

  async solve(round: Round): Promise<Solution> {
    return round.lines.ids.length < FEW_LINES ? solveRound(round) : this.threads.work(SOLVE, round);
  }
}
