import { commands } from './cli/commands.js';
import { FailedCheck, InvalidInput, WrongUsage } from './cli/command.js';
import { InvalidSettings } from './platform/config/invalid-settings.js';

const [name = '', ...words] = process.argv.slice(2);

/** Machine output on standard output, words on standard error; 0, 1 for a failure, 2 for wrong usage or input. */
async function main(): Promise<number> {
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    const list = commands.map(({ name: known, usage, about }) => `  ${[known, usage].filter(Boolean).join(' ')}\n      ${about}`);
    process.stderr.write(`${name === '' ? '' : `There is no command "${name}".\n`}Commands:\n${list.join('\n')}\n`);
    return 2;
  }
  try {
    const output = await command.run(words);
    if (output !== undefined) process.stdout.write(typeof output === 'string' ? output : `${JSON.stringify(output, null, 2)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof WrongUsage) {
      process.stderr.write(`${error.message}\nUsage: ${name} ${command.usage}\n`);
      return 2;
    }
    if (error instanceof InvalidInput) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    if (error instanceof FailedCheck && error.output !== undefined) process.stdout.write(`${JSON.stringify(error.output, null, 2)}\n`);
    process.stderr.write(`${error instanceof InvalidSettings ? error.faults.join('\n') : (error as Error).message}\n`);
    return 1;
  }
}

process.exit(await main());
