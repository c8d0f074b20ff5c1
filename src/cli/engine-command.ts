import { readFileSync } from 'node:fs';
import type { Fault } from '../shared/denial.js';
import type { Result } from '../shared/result.js';
import { type Command, InvalidInput, options } from './command.js';

interface Engine<Input> {
  readonly name: string;
  /** What it does with the file; the output is JSON. */
  readonly about: string;
  readonly parse: (json: unknown) => Result<Input, readonly Fault[]>;
  readonly run: (input: Input) => unknown;
}

/** A command that runs an engine on a JSON file, without a database: anyone can check a decision. */
export function engineCommand<Input>({ name, about, parse, run }: Engine<Input>): Command {
  return {
    name,
    usage: '--input FILE',
    about,
    run: (words) => {
      const { input: file = '' } = options(words, 'input');
      const input = parse(readJson(file));
      if (!input.ok) throw new InvalidInput(input.reason.map(({ pointer, message }) => `${pointer || 'the input'}: ${message}`));
      return Promise.resolve(run(input.value));
    },
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new InvalidInput([`${file}: ${why}: ${(error as Error).message.replaceAll('\n', ' ')}`]);
  }
}
