// `npm test` tries each race a few times, each fault with some messages, and each operation with some of the worst requests. `npm run test:faults`
// tries the faults at their full size, `npm run test:thorough` everything.

export const isThorough = process.env.THOROUGH === 'true';

/** How often two things are tried at the same time. */
export const REPEATS = isThorough ? 200 : 10;

/** The number of messages when a test needs many. */
export const MANY_MESSAGES = isThorough ? 10_000 : 200;

/** The number of messages when there must be several batches. */
export const SOME_MESSAGES = isThorough ? 600 : 120;

/** The number of jobs when a test needs many: more than are handed over to Redis at once, which are 2,000. */
export const MANY_JOBS = isThorough ? 10_000 : 2500;

/** The number of jobs when some must be done, and others not, while something fails. */
export const SOME_JOBS = isThorough ? 1500 : 500;

/** For how long something that everything else needs is away, in ms. */
export const AWAY_MS = isThorough ? 60_000 : 5000;

/** The time limit in milliseconds of a test that tries something again and again. */
export const LONG_MS = isThorough ? 1_800_000 : 240_000;

export async function repeated(turn: (number: number) => Promise<unknown>): Promise<void> {
  for (let number = 1; number <= REPEATS; number++) await turn(number);
}
