// `npm test` tries each race a few times, and each operation with some of the worst requests. `npm run test:thorough` tries all of them.

export const isThorough = process.env.THOROUGH === 'true';

/** How often two things are tried at the same time. */
export const REPEATS = isThorough ? 200 : 25;

/** The number of messages or jobs when a test needs many. */
export const MANY = isThorough ? 10_000 : 1000;

/** For how long something that everything else needs is away, in ms. */
export const AWAY_MS = isThorough ? 60_000 : 15_000;

/** The time limit in milliseconds of a test that tries something again and again. */
export const LONG_MS = isThorough ? 1_800_000 : 240_000;

export async function repeated(turn: (number: number) => Promise<unknown>): Promise<void> {
  for (let number = 1; number <= REPEATS; number++) await turn(number);
}
