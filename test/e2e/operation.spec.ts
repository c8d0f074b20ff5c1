import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ReadinessService } from '../../src/platform/health/readiness.service.js';
import { Api } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aCouncil } from '../support/people.js';
import { proxyTo } from '../support/proxy.js';
import { startRedis, type TestRedis, testWithRedis } from '../support/redis.js';
import { until } from '../support/until.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const within = async (work: (other: TestApp) => Promise<void>, environment: Record<string, string>) => {
  const other = await startTestApp(environment, { beside: app });
  try {
    await work(other);
  } finally {
    await other.close();
  }
};

describe('readiness', () => {
  const ready = async (url: string) => {
    const answer = await fetch(`${url}/readyz`);
    return {
      status: answer.status,
      retryAfter: answer.headers.get('retry-after'),
      body: (await answer.json()) as { dependencies: Record<string, string> },
    };
  };

  test('is 503 while the database is away, as every request is; and liveness and metrics are not', async () => {
    const line = await proxyTo(app.databaseUrl);
    await within(
      async (other) => {
        expect((await ready(other.url)).status).toBe(200);
        const council = await aCouncil(other);
        for (let round = 0; round < 3; round++) {
          await line.cut();
          const readiness = await ready(other.url);
          const answer = await council.api.get('/schools');
          const statuses = await Promise.all(['/healthz', '/metrics'].map(async (path) => (await fetch(other.url + path)).status));
          await line.mend();
          expect(readiness).toMatchObject({ status: 503, retryAfter: '2', body: { dependencies: { database: 'down' } } });
          expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'UNAVAILABLE', '2']);
          expect(statuses).toEqual([200, 200]);
          await until('it is ready again', async () => (await ready(other.url)).status === 200);
          expect((await council.api.get('/schools')).status).toBe(200);
        }
      },
      { DATABASE_URL: line.url },
    );
    await line.close();
  });

  test('is 503 while the program stops', async () => {
    await within(async (other) => {
      other.nest.get(ReadinessService).beforeApplicationShutdown();
      const { status, body } = await ready(other.url);
      expect([status, body.dependencies.process]).toEqual([503, 'stopping']);
      expect((await fetch(`${other.url}/healthz`)).status).toBe(200);
    }, {});
  });
});

describe('a worker', () => {
  test('serves its health and its metrics, and nothing of the API', async () => {
    await within(
      async ({ url }) => {
        for (const path of ['/healthz', '/readyz', '/metrics']) expect((await fetch(url + path)).status).toBe(200);
        for (const path of ['/api/v1/openapi.json', '/docs', '/api/v1/schools', '/api/v1/oauth/token', '/nothing']) {
          const answer = await fetch(url + path);
          expect([path, answer.status, ((await answer.json()) as { code: string }).code]).toEqual([path, 404, 'NOT_FOUND']);
        }
      },
      { ROLE: 'worker' },
    );
  });
});

describe('the rate limit', () => {
  let redis: TestRedis | undefined;
  afterAll(() => redis?.close());

  const spend = async (api: Api, count: number) => {
    const answers = [];
    for (let number = 0; number < count; number++) answers.push(await api.get('/schools'));
    return answers;
  };

  test('answers 429 with Retry-After, to each caller for itself', async () => {
    await within(
      async (other) => {
        const [one, two] = [await aCouncil(other), await aCouncil(other)];
        const answers = await spend(one.api, 6);
        expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
        expect(answers.map(({ headers }) => headers.get('ratelimit')?.split(';')[1])).toEqual(['r=4', 'r=3', 'r=2', 'r=1', 'r=0', 'r=0']);
        const last = answers.at(-1);
        expect(last?.body).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
        const wait = Number(last?.headers.get('retry-after'));
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(60);
        expect(last?.headers.get('ratelimit-policy')).toBe('"caller";q=5;w=60');
        expect((await two.api.get('/schools')).status).toBe(200);
        expect((await fetch(`${other.url}/healthz`)).status).toBe(200);
      },
      { RATE_LIMIT: '5' },
    );
  });

  testWithRedis('is one for all processes that share a Redis; without it, each counts for itself', async () => {
    redis = await startRedis();
    const environment = { RATE_LIMIT: '6', REDIS_URL: redis.url };
    await within(async (one) => {
      await within(async (two) => {
        const council = await aCouncil(one);
        await until('both reach Redis', async () => {
          const reports = await Promise.all(
            [one, two].map(
              async ({ url }) => ((await (await fetch(`${url}/readyz`)).json()) as { dependencies: { redis: string } }).dependencies.redis,
            ),
          );
          return reports.every((state) => state === 'up');
        });
        const elsewhere = new Api(two.url, council.api.headers);
        const statuses = [...(await spend(council.api, 3)), ...(await spend(elsewhere, 4))].map(({ status }) => status);
        expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);

        for (const fate of ['frozen', 'killed'] as const) {
          const other = await aCouncil(one);
          if (fate === 'frozen') redis?.freeze();
          else await redis?.kill();
          const answers = await spend(other.api, 3);
          expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
          const report = await fetch(`${one.url}/readyz`);
          expect([report.status, await report.json()]).toMatchObject([200, { dependencies: { redis: 'down' } }]);
          if (fate === 'frozen') redis?.thaw();
        }
      }, environment);
    }, environment);
  });
});
