// Holds the OpenAPI document, as the build makes it, against the recommended rules of Redocly and of Spectral: nothing may be said against it.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { lintFromString, loadConfig } from '@redocly/openapi-core';
import spectral from '@stoplight/spectral-core';
import { buildWhenNeeded } from './build-when-needed.mjs';
import ruleset from './spectral-rules.mjs';

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

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

await buildWhenNeeded();
const text = await readFile(fromRoot('dist/openapi.json'), 'utf8');
const faults = [...(await redocly(text)), ...(await oas(text))];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
