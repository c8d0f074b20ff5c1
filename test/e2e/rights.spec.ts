import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AccessRegistry, rightsTable } from '../../src/modules/identity/http.js';
import { OF_A_FAMILY } from '../../src/web/parts/signed-in/as-family.js';
import { startTestApp, type TestApp } from '../support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

test('docs/rights.md says who may call what; npm run --silent cli -- docs:rights > docs/rights.md writes it anew', async () => {
  const written = await readFile(new URL('../../docs/rights.md', import.meta.url), 'utf8');
  expect(written).toBe(rightsTable(app.nest.get(AccessRegistry).all()));
});

test('what may change something names its roles; only these are open to everybody', () => {
  const open = app.nest
    .get(AccessRegistry)
    .all()
    .filter(({ method, rights, but }) => method !== 'GET' && rights === 'public' && but !== OF_A_FAMILY.but)
    .map(({ method, path }) => `${method} ${path}`);
  expect(open.sort()).toEqual([
    'POST /api/v1/invitations/acceptance',
    'POST /api/v1/oauth/token',
    'POST /api/v1/public/:councilCode/sms-receipts',
    'POST /api/v1/session',
    'POST /api/v1/session/family',
    'POST /f/sign-in',
    'POST /language',
    'POST /plan/:question',
  ]);
});
