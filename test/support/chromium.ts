import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of the program, if one of its names is in the PATH and starts. */
const program = await found();

/**
 * Tests that need Chromium in the PATH. Without it they are skipped and say so; if CI is set they fail, so that a build cannot pass without
 * a browser.
 */
export const testWithChromium: typeof test = program || process.env.CI ? test : (test.skip as typeof test);
if (!program) console.warn('chromium is not in the PATH: its tests are skipped (they fail where CI is set)');

/** A browser with a new profile, which is deleted when it is closed. */
export async function startChromium(): Promise<Browser> {
  if (!program) throw new Error(`None of ${NAMES.join(', ')} is in the PATH`);
  return chromium.launch({ executablePath: program, headless: true, args: FLAGS });
}

async function found(): Promise<string | undefined> {
  const files = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const file = files.find((each) => {
    try {
      accessSync(each, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!file) return undefined;
  const [status] = (await once(spawn(file, ['--version'], { stdio: 'ignore' }), 'exit')) as [number | null];
  return status === 0 ? file : undefined;
}
