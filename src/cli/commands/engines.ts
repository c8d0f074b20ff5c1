import { readFileSync } from 'node:fs';
import type { Fault } from '../../shared/denial.js';
import type { Result } from '../../shared/result.js';
import { InvalidInput, options } from '../command.js';

interface Engine<Input> {
  readonly parse: (json: unknown) => Result<Input, readonly Fault[]>;
  /** Returns what is printed as JSON. */
  readonly run: (input: Input) => unknown;
}

/** Runs an engine on the JSON file of `--input`, without a database, so that anyone can check a decision. */
export async function runEngine<Input>(words: readonly string[], load: () => Promise<Engine<Input>>): Promise<unknown> {
  const { input: file = '' } = options(words, 'input');
  const json = readJson(file);
  const { parse, run } = await load();
  const input = parse(json);
  if (!input.ok) throw new InvalidInput(input.reason.map(({ pointer, message }) => `${pointer || 'the input'}: ${message}`));
  return run(input.value);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new InvalidInput([`${file}: ${why}: ${(error as Error).message.replaceAll('\n', ' ')}`]);
  }
}

export function planNeeds(words: readonly string[]): Promise<unknown> {
  return runEngine(words, async () => {
    const { parsePlan } = await import('../../modules/needs/domain/parse-plan.js');
    const { sharingPlan } = await import('../../modules/needs/domain/sharing-plan.js');
    return { parse: parsePlan, run: sharingPlan };
  });
}

export function solveAllocation(words: readonly string[]): Promise<unknown> {
  return runEngine(words, async () => {
    const { parseRound } = await import('../../modules/allocation/domain/engine/parse-round.js');
    const { roundResult } = await import('../../modules/allocation/domain/engine/round-result.js');
    return { parse: parseRound, run: roundResult };
  });
}
