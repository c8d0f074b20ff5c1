import { describe, expect, test } from '@jest/globals';
import { byIntegerProgram, inOrder } from '../../../../../test/support/integer-program.js';
import { aRandomRound, type Demand, DEMANDS } from '../../../../../test/support/rounds.js';
import { isThorough } from '../../../../../test/support/thorough.js';
import { parseRound } from './parse-round.js';
import type { RoundInput } from './round.js';
import { roundResult } from './round-result.js';

function solved(input: RoundInput) {
  const round = parseRound(input);
  if (!round.ok) throw new Error(JSON.stringify(round.reason));
  return roundResult(round.value);
}

const SEEDS = [20_261_102, 7, 95];
const SIZES = [
  { lines: 200, pools: 10, devices: 120, signatures: 60, seeds: SEEDS },
  { lines: 600, pools: 30, devices: 300, signatures: 200, seeds: SEEDS },
  // The package takes most of its time for these.
  { lines: 2000, pools: 60, devices: 900, signatures: 500, seeds: SEEDS.slice(0, isThorough ? 3 : 1) },
];
const demands = Object.keys(DEMANDS) as Demand[];

// These rounds are too large to try every assignment, so the best one comes from a solver of integer programs, a package that only tests
// use.
describe.each(SIZES)('$lines lines, $pools pools, $devices devices, $signatures lists', ({ seeds, ...size }) => {
  describe.each(demands)('%s', (demand) => {
    test.each(seeds)('seed %i: the same lines are served, with the same sum of ranks', async (seed) => {
      const input = aRandomRound({ ...size, demand }, seed);
      const { assignments, unserved, stats } = solved(input);
      const program = await byIntegerProgram(input);
      expect(assignments.map(({ line }) => line)).toEqual(program.served);
      expect(stats.rankSum).toBe(program.rankSum);
      expect([...assignments, ...unserved].map(({ line }) => line).sort()).toEqual(inOrder(input.lines, input.seed).map(({ id }) => id).sort()); // prettier-ignore
    });
  });
});
