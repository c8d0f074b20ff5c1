import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { WrongUsage } from '../../src/cli/command.js';
import { commands } from '../../src/cli/commands.js';

test('audit:verify --heads takes an earlier report and nothing else: what it cannot read is wrong input', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-heads-'));
  const file = join(folder, 'heads.json');
  const verify = async () => commands.find(({ name }) => name === 'audit:verify')?.run(['--heads', file]);
  await expect(verify).rejects.toThrow(WrongUsage);
  for (const text of [
    'no JSON',
    'null',
    '[]',
    '{}',
    '{"heads": 1}',
    '{"heads": [null]}',
    '{"heads": [{"councilId": "x", "position": 1}]}',
  ]) {
    await writeFile(file, text);
    await expect(verify).rejects.toThrow(`--heads: ${file} is no report of audit:verify`);
  }
  await rm(folder, { recursive: true });
});
