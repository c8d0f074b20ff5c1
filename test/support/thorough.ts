// `npm test` tries each race a few times, and each operation with some of the worst requests; `npm run test:thorough` tries all.

export const isThorough = process.env.THOROUGH === 'true';

/** How often two things are tried at once. */
export const REPEATS = isThorough ? 200 : 25;

/** How many messages or jobs are a crowd. */
export const MANY = isThorough ? 10_000 : 2000;

/** So long may a test take that tries something again and again, in ms. */
export const LONG_MS = isThorough ? 1_800_000 : 240_000;

export async function repeated(turn: (number: number) => Promise<unknown>): Promise<void> {
  for (let number = 1; number <= REPEATS; number++) await turn(number);
}
