import { parseArgs } from 'node:util';

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
