import { execFile } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PlanBlock } from '../../src/modules/needs/domain/sharing-plan.js';
import { recordedCommand } from '../support/recorded-command.js';
import { aRound } from '../support/rounds.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passerelle-engines-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const RUN = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));
const EXAMPLE = fileURLToPath(new URL('../../docs/examples/plan-input.json', import.meta.url));
/** No database is there: a command that wants one fails. */
const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };

/** Runs a command as an operator does. */
function cli(...words: string[]): Promise<{ status: number; output: string; faults: string[] }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [RUN, 'cli', ...words], { env }, (_, output, said) => {
      resolve({ status: child.exitCode ?? -1, output, faults: said.split('\n').filter((line) => line !== '') });
    });
  });
}

async function file(name: string, content: unknown): Promise<string> {
  await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return join(folder, name);
}

describe('an engine on a file, without a database', () => {
  test('allocation:solve prints the result', async () => {
    const input = await file('round.json', aRound({ p1: 1, p2: 1 }, [['l1', 900, ['p1', 'p2']], ['l2', 800, ['p1']]])); // prettier-ignore
    const { status, output } = await cli('allocation:solve', '--input', input);
    expect(status).toBe(0);
    expect(JSON.parse(output)).toEqual({
      assignments: [{ line: 'l1', pool: 'p2', rank: 1 }, { line: 'l2', pool: 'p1', rank: 0 }],
      unserved: [],
      stats: { lines: 2, served: 2, capacity: 2, used: 2, rankSum: 1 },
    }); // prettier-ignore
  });

  test('needs:plan prints the plan', async () => {
    const live = [{ weekday: 1, from: '09:00', to: '10:00' }];
    const learner = { id: 'amal', level: 'college', live, work: [{ weekday: 1, minutes: 120 }] };
    const phone = { id: 'phone', category: 'smartphone' };
    const input = await file('household.json', { learners: [learner], equipment: [phone], connectivity: { kind: 'fixed' } });
    const { status, output } = await cli('needs:plan', '--input', input);
    expect(status).toBe(0);
    expect(JSON.parse(output)).toEqual({
      blocks: [{ learner: 'amal', device: 'phone', kind: 'live', weekday: 1, from: '09:00', to: '10:00' }],
      learners: [
        { id: 'amal', liveMinutes: { demanded: 60, served: 60 }, workMinutes: { demanded: 120, served: 0 }, uncoveredMinutes: 120 },
      ],
      uncoveredMinutes: 120,
    });
    const wrong = await file('wrong-household.json', {
      learners: [{ id: 'amal', level: 'cm2', live: [] }],
      equipment: [],
      connectivity: { kind: 'fixed' },
      slots: 15,
    });
    expect(await cli('needs:plan', '--input', wrong)).toEqual({
      status: 2,
      output: '',
      // What is not known is said first: with it away, the rest is looked at.
      faults: ['/slots: is not known here'],
    });
  });

  test('needs:plan prints the plan of the example that its help names', async () => {
    expect((await cli('help')).faults.join('\n')).toContain('docs/examples/plan-input.json');
    const { status, output, faults } = await cli('needs:plan', '--input', EXAMPLE);
    expect([status, faults]).toEqual([0, []]);
    const { blocks, learners, uncoveredMinutes } = JSON.parse(output);
    // On Monday at half past nine three lessons want two devices, and both are in use.
    expect(learners.map(({ id }: { id: string }) => id)).toEqual(['amal', 'idris', 'lina']);
    const inUse = blocks.filter(({ weekday, from, to }: PlanBlock) => weekday === 1 && from <= '09:30' && to > '09:30');
    expect(inUse.map(({ device }: PlanBlock) => device).sort()).toEqual(['laptop', 'phone']);
    expect(uncoveredMinutes).toBeGreaterThan(0);
  });

  test('what is wrong: one line a fault, with its place, and status 2', async () => {
    const wrong = await file('wrong.json', aRound({ p: -1 }, [['l', 0.5, ['q']]])); // prettier-ignore
    expect(await cli('allocation:solve', '--input', wrong)).toEqual({
      status: 2,
      output: '',
      faults: [
        '/pools/0/capacity: must be from 0 to 2147483647',
        '/lines/0/score: must be a whole number',
        '/lines/0/pools/0: names no pool of this round',
      ],
    });
    const list = await file('list.json', []);
    expect((await cli('allocation:solve', '--input', list)).faults).toEqual(['the input: must be a JSON object']);
  });

  test('what cannot be read: status 2', async () => {
    const broken = await file('broken.json', '{"seed":');
    const missing = join(folder, 'missing.json');
    for (const [path, why] of [
      [broken, 'is not JSON'],
      [missing, 'cannot be read'],
      [folder, 'cannot be read'],
    ] as const) {
      // prettier-ignore
      const { status, output, faults } = await cli('allocation:solve', '--input', path);
      expect([status, output, faults.length]).toEqual([2, '', 1]);
      expect(faults[0]).toContain(`${path}: ${why}`);
    }
    expect((await cli('allocation:solve')).status).toBe(2);
  });
});

test('lottery:check reckons a ticket from what was published, without a database', async () => {
  const [seed, value, household] = ['00'.repeat(31) + 'ff', '4 8 15', '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10'];
  const { status, output } = await cli('lottery:check', '--seed', seed, '--value', value, '--household', household);
  const sha256 = (text: Buffer) => createHash('sha256').update(text).digest();
  const key = sha256(Buffer.concat([Buffer.from(seed, 'hex'), Buffer.from(value)]));
  expect([status, JSON.parse(output)]).toEqual([
    0,
    {
      seedHash: sha256(Buffer.from(seed, 'hex')).toString('hex'),
      key: key.toString('hex'),
      ticket: createHmac('sha256', key).update(household).digest('hex'),
    },
  ]);
  const wrong = await cli('lottery:check', '--seed', 'ff', '--value', value, '--household', '7');
  expect([wrong.status, wrong.faults]).toEqual([2, ['--seed: must be 32 bytes in hex', '--household: must be an id']]);
});

/** Each takes longer to load than a command on a file takes to answer. */
const FRAMEWORK = /^(?:@nestjs|@fastify|fastify|typeorm|pg|bull|ioredis|class-validator|class-transformer|rxjs)\b/;

test('what needs no application loads no framework: help and commands on files answer at once', async () => {
  await cli('config'); // builds the program where that was not done yet
  const round = await file('nothing-to-do.json', aRound({}, []));
  const ticket = ['--seed', '00'.repeat(32), '--value', '4', '--household', '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10'];
  for (const words of [
    ['help'],
    ['config'],
    ['needs:plan', '--input', EXAMPLE],
    ['allocation:solve', '--input', round],
    ['lottery:check', ...ticket],
    ['docs:states'],
  ]) {
    const { status, packages } = await recordedCommand(words, env);
    expect([words[0], status, packages.filter((name) => FRAMEWORK.test(name))]).toEqual([words[0], words[0] === 'help' ? 2 : 0, []]);
  }
  // The recorder sees what is loaded: a command that needs the database loads its driver before it finds none.
  expect(await recordedCommand(['jobs:dead'], env)).toMatchObject({ status: 1, packages: expect.arrayContaining(['pg', 'typeorm']) });
});
