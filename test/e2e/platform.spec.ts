import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('what stands outside the API', () => {
  test('liveness, readiness and metrics are open to everybody', async () => {
    const healthz = await fetch(`${app.url}/healthz`);
    expect([healthz.status, await healthz.json()]).toEqual([200, { status: 'ok' }]);
    const readyz = await fetch(`${app.url}/readyz`);
    expect([readyz.status, await readyz.json()]).toEqual([200, { status: 'ready', dependencies: { database: 'up' } }]);
    const metrics = await fetch(`${app.url}/metrics`);
    expect(await metrics.text()).toContain('http_request_duration_seconds');
  });

  test('the OpenAPI document is 3.1', async () => {
    const answer = await fetch(`${app.url}/api/v1/openapi.json`);
    expect(await answer.json()).toMatchObject({ openapi: '3.1.0' });
  });

  test('an unknown path is a problem document', async () => {
    const answer = await fetch(`${app.url}/api/v1/nothing`);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await answer.json()).toMatchObject({ status: 404, code: 'NOT_FOUND', instance: '/api/v1/nothing' });
  });
});
