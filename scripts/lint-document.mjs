// Holds the OpenAPI document, as the program prints it, against the recommended rules of Redocly and of Spectral: nothing may be said against it.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { lintFromString, loadConfig } from '@redocly/openapi-core';
import spectral from '@stoplight/spectral-core';
import ruleset from './spectral-rules.mjs';

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What the command line prints. */
const printed = () =>
  new Promise((resolve, reject) => {
    const pieces = [];
    const words = [fromRoot('scripts/run.mjs'), 'cli', 'docs:openapi'];
    const child = spawn(process.execPath, words, { cwd: fromRoot('.'), stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.setEncoding('utf8').on('data', (piece) => pieces.push(piece));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(pieces.join(''));
      else reject(new Error(`the document could not be made: status ${status}`));
    });
  });

async function redocly(text) {
  const config = await loadConfig({ configPath: fromRoot('redocly.yaml') });
  const problems = await lintFromString({ source: text, absoluteRef: fromRoot('openapi.json'), config });
  return problems
    .filter(({ ignored }) => !ignored)
    .map(({ ruleId, message, location }) => `redocly ${ruleId}: ${location[0]?.pointer ?? ''}: ${message}`);
}

async function oas(text) {
  const linter = new spectral.Spectral();
  linter.setRuleset(ruleset);
  const found = await linter.run(JSON.parse(text));
  return found.map(({ code, message, path }) => `spectral ${code}: ${path.join('/')}: ${message}`);
}

const text = await printed();
const faults = [...(await redocly(text)), ...(await oas(text))];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
