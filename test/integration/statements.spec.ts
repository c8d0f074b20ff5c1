import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aSchool } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { comparedWith, listedStatements, listOf } from '../support/statement-list.js';
import { recordedHere, startRecording } from '../support/statement-recorder.js';
import type { RecordedCall } from '../support/statement-samples.js';
import { allCallSites, callSites } from '../support/statement-sites.js';

startRecording();

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
});
afterAll(() => app.close());

const of = (file: string) => recordedHere().filter(({ place }) => place.startsWith(`src/${file}`));

describe('what is sent while tests run', () => {
  test('is written down with the place in the source that sent it', async () => {
    const device = await aDevice(council.api);
    await council.api.get(`/devices/${device.id}`);
    await council.api.get('/audit-events');
    await app.drain();
    const places = new Set(allCallSites());
    expect(recordedHere().filter(({ place }) => !places.has(place))).toEqual([]);
    expect(of('modules/inventory/devices/devices.repository.ts')).toContainEqual(
      expect.objectContaining({ role: 'council', values: expect.arrayContaining([device.id]) }),
    );
    // One transaction for one statement, before the council is known, and across councils.
    expect(of('modules/reporting/audit-events.repository.ts')).toMatchObject([{ role: 'council' }]);
    expect(of('modules/identity/access/authenticator.ts')).toMatchObject([{ role: 'platform' }]);
    expect(of('platform/outbox/outbox.executor.ts').map(({ role }) => role)).toContain('system');
  });

  test('also where TypeORM makes the text', async () => {
    await aSchool(council.api);
    expect(of('platform/database/versioned.ts').map(({ text }) => text)).toContainEqual(expect.stringMatching(/^INSERT INTO "schools"/));
  });

  test('once for each choice of parameters, and not what tests send themselves', async () => {
    const before = recordedHere().length;
    await council.api.get('/audit-events');
    await aCouncil(app);
    expect(recordedHere().slice(before)).toEqual([]);
  });
});

describe('the check after all tests', () => {
  const source = `
    class Books { a = (tx) => tx.query<Row>(TEXT); b = (tx) => tx.manager.find(Row);
      c = () => this.transactions.tenantRead(id, TEXT); d = () => this.messages.one(tx); }`;
  const call = (place: string, text: string, more: Partial<RecordedCall> = {}): RecordedCall => ({
    place,
    text,
    role: 'council',
    shape: 'x',
    values: ['x'],
    kinds: {},
    ...more,
  });

  test('knows where a source sends statements', () => {
    expect(callSites(source)).toEqual(['2:34', '2:75', '3:35']);
  });

  test('names places that were not reached, and statements that are not listed', () => {
    const calls = [call('src/a.ts:1:1', 'SELECT 1')];
    expect(comparedWith(calls, ['src/a.ts:1:1', 'src/b.ts:2:2'], [{ text: 'SELECT 2' }])).toEqual({
      unreached: ['src/b.ts:2:2'],
      unlisted: [{ place: 'src/a.ts:1:1', text: 'SELECT 1' }],
    });
    expect(comparedWith(calls, ['src/a.ts:1:1'], [{ text: 'SELECT 1' }])).toEqual({ unreached: [], unlisted: [] });
  });

  test('a list keeps one sample for each choice of parameters: the one whose ids were rows', () => {
    const id = '01a0c450-6c01-7005-8001-000000000000';
    const known = call('src/b.ts:1:1', 'SELECT 1', { values: [id], kinds: { [id]: 'devices' } });
    const calls = [
      call('src/a.ts:1:1', 'SELECT 1', { values: [id] }),
      known,
      call('src/a.ts:1:1', 'SELECT 1', { shape: '-', values: [null] }),
    ];
    const [listed] = listOf(calls, [], true);
    expect(listed).toMatchObject({
      files: ['src/a.ts', 'src/b.ts'],
      samples: [{ shape: 'x', kinds: { [id]: 'devices' } }, { shape: '-' }],
    });
  });

  test('stands in the list in the order in which the list is written, so that a change of it shows what changed', () => {
    const listed = listedStatements();
    expect(listed.map(({ id }) => id)).toEqual(listOf([], listed, false).map(({ id }) => id));
  });

  test('a part of the tests adds to the list, all of them make it anew', () => {
    const before = listOf([call('src/a.ts:1:1', 'SELECT 1')], [], true);
    const calls = [call('src/b.ts:1:1', 'SELECT 2')];
    expect(listOf(calls, before, false).map(({ text }) => text)).toEqual(['SELECT 1', 'SELECT 2']);
    expect(listOf(calls, before, true).map(({ text }) => text)).toEqual(['SELECT 2']);
  });
});
