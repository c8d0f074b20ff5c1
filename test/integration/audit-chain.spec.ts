import { afterAll, beforeEach, expect, test } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type AuditEvent, CHAIN_START, linkHash } from '../../src/platform/audit/audit-event.js';
import { Audit, AuditChainService, Secrets, Transactions } from '../../src/platform/index.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { newId } from '../../src/shared/ids.js';
import { testPlatform, type TestPlatform } from '../support/platform.js';
import { onServer } from '../support/test-database.js';

class Program {
  readonly name = 'a program of a test';
}

let platform: TestPlatform;
let program: INestApplicationContext;
let chain: AuditChainService;
let council: string;

beforeEach(async () => {
  platform = await testPlatform({ entities: [], migrations: [] });
  await (program as INestApplicationContext | undefined)?.close();
  program = await NestFactory.createApplicationContext(
    { module: Program, imports: [PlatformModule.forRoot(platform.options)] },
    { logger: false },
  );
  chain = program.get(AuditChainService);
  council = newId();
});
afterAll(() => program.close());

/** Behind the program's back: as the superuser, with triggers asleep. */
const tamper = (sql: string, values: unknown[] = []) =>
  onServer(platform.databaseUrl, async (client) => {
    await client.query('SET session_replication_role = replica');
    return (await client.query(sql, values)).rows as Record<string, unknown>[];
  });

const record = (count: number, { of = council, reason }: { of?: string; reason?: string } = {}) =>
  program.get(Transactions).write(of, async (tx) => {
    for (let number = 0; number < count; number++) {
      await program.get(Audit).record(tx, { actor: 'system', action: 'thing.changed', subject: newId(), fields: ['name'], reason });
    }
  });
const faults = async (...heads: Parameters<AuditChainService['verify']>) => (await chain.verify(...heads)).faults.map(({ fault }) => fault);
const eventAt = (position: number) => `(SELECT event_id FROM audit_chain WHERE position = ${position})`;

test('events are sealed in the background, each once', async () => {
  await record(5);
  expect(await chain.verify()).toMatchObject({ events: 5, unsealed: 5, faults: [], heads: [] });
  expect(await chain.seal()).toBe(5);
  expect(await chain.seal()).toBe(0);
  await record(3);
  expect(await chain.seal()).toBe(3);
  expect(await chain.verify()).toMatchObject({ events: 8, unsealed: 0, faults: [], heads: [{ councilId: council, position: 8 }] });
});

test('more events than one batch takes are sealed at once', async () => {
  await record(2100);
  expect(await chain.seal()).toBe(2100);
  expect(await chain.verify()).toMatchObject({ events: 2100, unsealed: 0, faults: [] });
});

test('what was recorded in one statement is sealed like the rest, and guarded as well', async () => {
  const entries = ['name', 'state'].map((field) => ({
    actor: 'system',
    action: 'thing.changed',
    subject: newId(),
    fields: [field, 'it’s “quoted”'],
  }));
  await program
    .get(Transactions)
    .write(council, (tx) =>
      program.get(Audit).recordEach(tx, [...entries, { actor: 'system', action: 'thing.changed', subject: newId() }]),
    );
  expect(await chain.seal()).toBe(3);
  expect(await chain.verify()).toMatchObject({ events: 3, unsealed: 0, faults: [] });
  await tamper(`UPDATE audit_events SET fields = '{other}' WHERE id = ${eventAt(2)}`);
  expect((await chain.verify()).faults.length).toBeGreaterThan(0);
});

test('each council has its own chain', async () => {
  const other = newId();
  await record(2);
  await record(3, { of: other });
  await chain.seal();
  const { heads } = await chain.verify();
  expect(heads.map(({ councilId, position }) => [councilId, position]).sort()).toEqual(
    [
      [council, 2],
      [other, 3],
    ].sort(),
  );
  await tamper(
    'DELETE FROM audit_events WHERE council_id = $1 AND id = (SELECT min(id::text)::uuid FROM audit_events WHERE council_id = $1)',
    [other],
  );
  expect((await chain.verify()).faults).toMatchObject([{ councilId: other, fault: 'removed' }]);
});

test.each([
  ['a changed action', `UPDATE audit_events SET action = 'x' WHERE id = ${eventAt(2)}`, ['changed']],
  ['a changed subject', `UPDATE audit_events SET subject = gen_random_uuid() WHERE id = ${eventAt(2)}`, ['changed']],
  ['a changed actor', `UPDATE audit_events SET actor = 'user:x' WHERE id = ${eventAt(2)}`, ['changed']],
  ['a changed moment', `UPDATE audit_events SET at = at - interval '1 day' WHERE id = ${eventAt(2)}`, ['changed']],
  ['an event that was moved to the end', `UPDATE audit_events SET ordinal = DEFAULT WHERE id = ${eventAt(2)}`, ['changed']],
  ['changed field names', `UPDATE audit_events SET fields = '{}' WHERE id = ${eventAt(2)}`, ['changed']],
  ['an event that was removed', `DELETE FROM audit_events WHERE id = ${eventAt(2)}`, ['removed']],
  ['a link that was removed', 'DELETE FROM audit_chain WHERE position = 2', ['chain_broken', 'put_in']],
  ['the last link that was removed', 'DELETE FROM audit_chain WHERE position = 5', ['put_in']],
  [
    'an event and its link that were removed',
    `WITH link AS (DELETE FROM audit_chain WHERE position = 3 RETURNING event_id) DELETE FROM audit_events USING link WHERE id = event_id`,
    ['chain_broken'],
  ],
  [
    'two links that changed places',
    'UPDATE audit_chain SET position = CASE position WHEN 2 THEN -3 ELSE -2 END WHERE position IN (2, 3); UPDATE audit_chain SET position = -position WHERE position < 0',
    ['chain_broken', 'chain_broken', 'chain_broken'],
  ],
  ['a forged link', `UPDATE audit_chain SET hash = repeat('0', 64) WHERE position = 2`, ['chain_broken', 'chain_broken']],
  ['other words of a reason', `UPDATE audit_reasons SET reason = 'lost' WHERE event_id = ${eventAt(2)}`, ['reason_changed']],
  ['a reason of another salt', `UPDATE audit_reasons SET salt = 'x' WHERE event_id = ${eventAt(2)}`, ['reason_changed']],
])('%s is found', async (_, sql, expected) => {
  await record(5, { reason: 'stolen' });
  await chain.seal();
  await tamper(sql);
  expect(await faults()).toEqual(expected);
});

test('an event that was put in by hand is found, before it is sealed and after', async () => {
  await record(2);
  await chain.seal();
  const insert = `INSERT INTO audit_events (id, council_id, at, actor, action, subject, fields, reason_hash, mac) SELECT gen_random_uuid(), council_id, at, actor, 'forged', subject, fields, reason_hash, mac FROM audit_events LIMIT 1`;
  await tamper(insert);
  expect(await faults()).toEqual(['put_in']);
  // With the trigger awake it is noted for the chain, and gives itself away there too.
  await onServer(platform.databaseUrl, (client) => client.query(insert));
  expect(await faults()).toEqual(['put_in', 'put_in']);
  await chain.seal();
  expect((await faults()).sort()).toEqual(['changed', 'put_in']);
});

test('an event that was removed before it was sealed is found', async () => {
  await record(2);
  await tamper('DELETE FROM audit_events WHERE id = (SELECT min(id::text)::uuid FROM audit_events)');
  expect(await faults()).toEqual(['removed']);
});

test('erasing a reason breaks nothing', async () => {
  await record(3, { reason: 'her own words' });
  await chain.seal();
  await program.get(Transactions).write(council, (tx) => tx.execute('DELETE FROM audit_reasons'));
  expect(await faults()).toEqual([]);
});

test('newest events that were removed with their links are found by an earlier head', async () => {
  await record(5);
  await chain.seal();
  const { heads } = await chain.verify();
  await record(2);
  await chain.seal();
  expect(await faults(heads)).toEqual([]);
  await tamper(
    'WITH link AS (DELETE FROM audit_chain WHERE position > 3 RETURNING event_id) DELETE FROM audit_events USING link WHERE id = event_id',
  );
  expect(await faults()).toEqual([]);
  expect(await faults(heads)).toEqual(['cut_off']);
  // What is written afterwards does not cover it up.
  await record(4);
  await chain.seal();
  expect(await faults(heads)).toEqual(['cut_off']);
  await tamper('DELETE FROM audit_events; DELETE FROM audit_chain');
  expect(await faults(heads)).toEqual(['cut_off']);
});

test('where each chain ends is logged, for somewhere else to keep', async () => {
  await record(2);
  await chain.seal();
  await chain.logHeads();
  const [head] = (await chain.verify()).heads;
  expect(JSON.parse(platform.logged.at(-1) ?? '')).toMatchObject({ msg: 'audit chain', council, position: 2, hash: head?.hash });
});

test('two hundred writers at once do not wait for sealing', async () => {
  // A sealer that holds the chain, and does not let go while the others write.
  await program.get(Transactions).write(council, async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('audit-chain' || current_council()::text, 0))`);
    await Promise.all(Array.from({ length: 200 }, () => record(1)));
    expect(await chain.seal()).toBe(0);
  });
  expect(await chain.seal()).toBe(200);
  expect(await faults()).toEqual([]);
});

test('sealers at once, and writers meanwhile, grow one chain', async () => {
  const writing = Promise.all(Array.from({ length: 100 }, () => record(3)));
  const sealing = Promise.all(Array.from({ length: 30 }, () => chain.seal()));
  await Promise.all([writing, sealing]);
  await chain.seal();
  expect(await chain.verify()).toMatchObject({ events: 300, unsealed: 0, faults: [], heads: [{ position: 300 }] });
});

test('an event of a transaction that stays open is sealed after those that came meanwhile', async () => {
  const transactions = program.get(Transactions);
  const told = { actor: 'system', action: 'thing.changed' };
  await transactions.write(council, async (tx) => {
    await program.get(Audit).record(tx, { ...told, subject: newId() });
    await record(2);
    expect(await chain.seal()).toBe(2);
  });
  expect(await chain.seal()).toBe(1);
  expect(await chain.verify()).toMatchObject({ events: 3, unsealed: 0, faults: [] });
  const places = await tamper(
    'SELECT e.ordinal::integer AS ordinal FROM audit_chain c JOIN audit_events e ON e.id = c.event_id ORDER BY c.position',
  );
  const [first, second, late] = places.map(({ ordinal }) => ordinal as number);
  expect([first, second]).toEqual([Number(late) + 1, Number(late) + 2]);
});

test('links from before events had places still hold', async () => {
  await record(2);
  const key = program.get(Secrets).key('audit');
  const events = await tamper('SELECT * FROM audit_events ORDER BY ordinal');
  let hash = CHAIN_START;
  for (const [place, row] of events.entries()) {
    const { id, at, actor, action, subject, fields } = row as unknown as AuditEvent;
    hash = linkHash(
      key,
      hash,
      { position: place + 1, ordinal: null },
      { id, councilId: council, at, actor, action, subject, fields, reasonHash: null },
    );
    await tamper('INSERT INTO audit_chain (council_id, position, event_id, hash) VALUES ($1, $2, $3, $4)', [council, place + 1, id, hash]);
  }
  await tamper('DELETE FROM audit_unsealed');
  expect(await chain.verify()).toMatchObject({ events: 2, unsealed: 0, faults: [] });
  await record(1);
  await chain.seal();
  expect(await chain.verify()).toMatchObject({ events: 3, unsealed: 0, faults: [] });
});
