import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { createContext } from '../application.js';
import { prepareRuntime, readySchema, type Runtime } from '../boot.js';
import { SetClock } from '../platform/clock/clock.js';
import { settingsOfProcess } from '../platform/config/settings.js';
import { orProblem, Problem } from '../platform/index.js';
import type { Outcome } from '../shared/denial.js';

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  /** Text is printed as it is, anything else as JSON. */
  readonly run: (words: readonly string[]) => Promise<unknown>;
}

/** The command was called wrongly: exit status 2. */
export class WrongUsage extends Error {}

/** What the command was given to read is not in order: exit status 2, one line a fault. */
export class InvalidInput extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/** The command ran, and what it looked at is not in order: exit status 1, `output` on standard output. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly output?: unknown,
  ) {
    super(message);
  }
}

/** Reads `--name value` options; the names that end with `?` may be left out, and those that end with `!` may be there, and take no value. */
export function options<Names extends readonly string[]>(words: readonly string[], ...names: Names): Record<string, string | undefined> {
  const optional = (name: string) => /[?!]$/.test(name);
  const typed = names.map((name) => [name.replace(/[?!]$/, ''), { type: name.endsWith('!') ? ('boolean' as const) : ('string' as const) }]);
  let values: Record<string, string | undefined>;
  try {
    ({ values } = parseArgs({
      args: [...words],
      options: Object.fromEntries(typed) as Record<string, { type: 'string' | 'boolean' }>,
      strict: true,
    }) as {
      values: Record<string, string | undefined>;
    });
  } catch (error) {
    throw new WrongUsage((error as Error).message);
  }
  const missing = names.filter((name) => !optional(name) && !values[name]);
  if (missing.length > 0) throw new WrongUsage(`missing: ${missing.map((name) => `--${name}`).join(', ')}`);
  return values;
}

/** Runs `work` with the database, the running program's or our own for the time. */
export async function withRuntime<T>(work: (runtime: Runtime) => Promise<T>): Promise<T> {
  const settings = settingsOfProcess();
  // A command says what it has to say; requests and jobs are no matter of it.
  settings.logLevel = 'warn';
  const runtime = await prepareRuntime(settings, { mode: 'attach' });
  try {
    return await work(runtime);
  } finally {
    await runtime.stop();
  }
}

/** Runs `work` with the application, without HTTP and without taking over its jobs; at an instant at which the clock stands still, if one is given. */
export function inApplication<T>(work: (app: INestApplicationContext) => Promise<T>, at?: Date): Promise<T> {
  return withRuntime(async (runtime) => {
    await readySchema(runtime);
    const app = await createContext(at ? { ...runtime.platform, clock: new SetClock(at) } : runtime.platform);
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  });
}

/** The value of what was asked, or a failure that says why not, in words. */
export function orWrongUsage<T>(outcome: Outcome<T>): T {
  try {
    return orProblem(outcome);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new WrongUsage(error.details.detail ?? error.title);
  }
}
