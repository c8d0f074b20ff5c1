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
    if (output !== undefined) await written(typeof output === 'string' ? output : `${JSON.stringify(output, null, 2)}\n`);
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
    if (error instanceof FailedCheck && error.output !== undefined) await written(`${JSON.stringify(error.output, null, 2)}\n`);
    process.stderr.write(`${error instanceof InvalidSettings ? error.faults.join('\n') : (error as Error).message}\n`);
    return 1;
  }
}

/** Once all of it has left: a pipe takes a long text piece by piece, and the end of the process would cut it off. */
function written(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      // Whoever reads has heard enough, as `head` does.
      if (error && !isClosedPipe(error)) reject(error);
      else resolve();
    });
  });
}

const isClosedPipe = (error: Error): boolean => (error as NodeJS.ErrnoException).code === 'EPIPE';

// Heard by whoever writes; without anybody who listens it would end the process.
process.stdout.on('error', () => undefined);

process.exit(await main());
