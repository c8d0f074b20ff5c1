import { parseArgs } from 'node:util';

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  /** Returns what is printed: a text as it is, anything else as JSON. */
  readonly run: (words: readonly string[]) => Promise<unknown>;
}

/** The command was called wrongly: exit status 2. */
export class WrongUsage extends Error {}

/** The command's input has faults: exit status 2, and one line for each fault. */
export class InvalidInput extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/** The command ran and found a fault in what it checked: exit status 1, and `output` on standard output. */
export class FailedCheck extends Error {
  constructor(
    message: string,
    readonly output?: unknown,
  ) {
    super(message);
  }
}

/**
 * Reads options of the form `--name value`. An option whose name here ends with `?` may be left out; one that ends with `!` may be left out
 * and has no value. @throws WrongUsage
 */
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
