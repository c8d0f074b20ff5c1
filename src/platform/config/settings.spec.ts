import { describe, expect, test } from '@jest/globals';
import { InvalidSettings } from './invalid-settings.js';
import { describeSettings, readSettings } from './settings.js';

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://app:secret-of-database@db/passerelle',
  APP_SECRET: 'x'.repeat(32),
  BASE_URL: 'https://passerelle.example.org',
  SMTP_URL: 'smtp://mail.example.org',
};

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof InvalidSettings) return error.faults;
    throw error;
  }
}

test('without any variable every setting has its default', () => {
  expect(readSettings({})).toMatchObject({
    environment: 'development',
    role: 'all',
    host: '127.0.0.1',
    port: 3000,
    databaseUrl: null,
    redisUrl: null,
  });
});

test('an empty variable counts as unset', () => {
  const empty = Object.fromEntries(describeSettings(readSettings({})).map(({ name }) => [name, '']));
  expect(readSettings(empty)).toEqual(readSettings({}));
});

test('what is no setting of ours is left alone', () => {
  expect(readSettings({ PATH: '/bin', HOME: '/root' })).toEqual(readSettings({}));
});

test('values are read as what they are', () => {
  const texts = {
    PORT: '0',
    TRUST_PROXY: 'true',
    DEMO_DATA: 'false',
    RATE_LIMIT: '5',
    WEBHOOK_ALLOWED_HOSTS: ' SMS.internal, [::1],,10.0.0.7',
  };
  expect(readSettings(texts)).toMatchObject({
    port: 0,
    trustProxy: true,
    demoData: false,
    rateLimit: 5,
    webhookAllowedHosts: ['sms.internal', '[::1]', '10.0.0.7'],
  });
});

describe('each fault is named by its variable', () => {
  test.each([
    ['NODE_ENV', 'prod'],
    ['ROLE', 'API'],
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['PORT', 'NaN'],
    ['BASE_URL', 'passerelle.example.org'],
    ['BASE_URL', 'ftp://passerelle.example.org'],
    ['TRUST_PROXY', 'yes'],
    ['DEMO_DATA', '1'],
    ['DATABASE_URL', 'mysql://db/passerelle'],
    ['MIGRATION_DATABASE_URL', 'db'],
    ['DATABASE_POOL', '3'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_PREFIX', 'a b'],
    ['APP_SECRET', 'short'],
    ['SMTP_URL', 'mail.example.org'],
    ['SHOW_MESSAGES', 'yes'],
    ['RATE_LIMIT', '0'],
    ['LOG_LEVEL', 'loud'],
    ['MAIL_FROM', 'Passerelle'],
    ['MAIL_BOUNCES', 'Returns <returns@example.org>'],
    ['METRICS_TOKEN', 'too short'],
    ['WEBHOOK_ALLOWED_HOSTS', 'sms.internal,https://10.0.0.7'],
    ['BASE_URL', 'https://'],
    ['OUTBOX_POLL_MS', '1'],
    ['OUTBOX_LEASE_SECONDS', '0'],
  ])('%s=%s', (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name}: `));
  });

  test.each([
    [{ PORT: '65536' }, 'PORT: must be a whole number from 0 to 65535'],
    [{ RATE_LIMIT: '0' }, 'RATE_LIMIT: must be a whole number not less than 1'],
    [{ ROLE: 'API' }, 'ROLE: must be one of all, api, worker'],
    [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY: must be true or false'],
    [{ APP_SECRET: 'short' }, 'APP_SECRET: must have at least 32 characters'],
  ])('in words: %j', (environment, fault) => {
    expect(faultsOf(environment)).toEqual([fault]);
  });

  test('all at once, one line each', () => {
    const faults = faultsOf({ PORT: 'x', ROLE: 'x', REDIS_URL: 'x' });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['ROLE', 'PORT', 'REDIS_URL']);
    expect(faults.every((fault) => !fault.includes('\n'))).toBe(true);
  });

  test('and a secret is not repeated', () => {
    expect(faultsOf({ APP_SECRET: 'hunter2', DATABASE_URL: 'hunter2', SMTP_URL: 'hunter2' }).join()).not.toContain('hunter2');
  });
});

describe('production', () => {
  test.each(['DATABASE_URL', 'APP_SECRET', 'BASE_URL', 'SMTP_URL'])('demands %s', (name) => {
    expect(faultsOf({ ...production, [name]: '' })).toEqual([`${name}: must be set in production`]);
  });

  test('does not say of one that is wrong that it is missing', () => {
    const { length } = faultsOf({ ...production, DATABASE_URL: 'db', BASE_URL: 'passerelle.example.org' });
    expect(length).toBe(2);
  });

  test('names all that is missing', () => {
    expect(faultsOf({ NODE_ENV: 'production' })).toHaveLength(4);
  });

  test('is content with them', () => {
    expect(readSettings(production)).toMatchObject({ isProduction: true, secureCookies: true });
  });
});

describe('messages that nothing is set up to send', () => {
  const shows = (environment: Record<string, string>) => readSettings(environment).showMessages;
  const DATABASE_URL = 'postgresql://db/passerelle';

  test('are shown in the embedded mode, and nowhere else by themselves', () => {
    const embedded: Record<string, string>[] = [{}, { PORT: '0', HOST: 'localhost', BASE_URL: 'http://[::1]:3000' }, { NODE_ENV: 'test' }];
    expect(embedded.map(shows)).toEqual([true, true, true]);
    const others: Record<string, string>[] = [
      { DATABASE_URL },
      { REDIS_URL: 'redis://redis' },
      { SMTP_URL: 'smtp://mail' },
      { HOST: '0.0.0.0' },
      { HOST: '192.168.1.10' },
      { BASE_URL: 'https://pret.example.org' },
      { TRUST_PROXY: 'true' },
      { SHOW_MESSAGES: 'false' },
      production,
    ];
    expect(others.filter(shows)).toEqual([]);
  });

  test('are shown beside a configured database where that is asked for', () => {
    expect(shows({ DATABASE_URL, SMTP_URL: 'smtp://mail', REDIS_URL: 'redis://redis', SHOW_MESSAGES: 'true' })).toBe(true);
  });

  test('are never shown in production, nor where another machine could read them', () => {
    expect(faultsOf({ ...production, SHOW_MESSAGES: 'true' })).toEqual(['SHOW_MESSAGES: must not be true in production']);
    for (const [name, value] of Object.entries({ HOST: '0.0.0.0', BASE_URL: 'https://pret.example.org', TRUST_PROXY: 'true' }))
      expect(faultsOf({ [name]: value, SHOW_MESSAGES: 'true' })).toEqual([
        'SHOW_MESSAGES: may be true only where HOST and BASE_URL are this machine itself and TRUST_PROXY is false',
      ]);
  });
});

describe('what is shown to people', () => {
  const shown = (environment: Record<string, string>) =>
    new Map(describeSettings(readSettings(environment)).map((each) => [each.name, each]));

  test('hides every secret, and says whether it is set', () => {
    const secrets = {
      REDIS_URL: 'redis://:hunter2@redis',
      SMTP_URL: 'smtp://me:hunter2@mail',
      MIGRATION_DATABASE_URL: 'postgres://me:hunter2@db/x',
    };
    const settings = shown({ ...production, ...secrets });
    const text = JSON.stringify([...settings.values()]);
    for (const secret of ['hunter2', 'secret-of-database', production.APP_SECRET]) expect(text).not.toContain(secret);
    for (const name of ['DATABASE_URL', 'APP_SECRET', ...Object.keys(secrets)]) expect(settings.get(name)?.value).toBe('(set)');
    expect(shown({}).get('APP_SECRET')?.value).toBeNull();
  });

  test('has a meaning for each, and the value of what is no secret', () => {
    const settings = shown({ PORT: '8080' });
    expect([...settings.values()].every(({ meaning }) => meaning.length > 5)).toBe(true);
    expect(settings.get('PORT')?.value).toBe('8080');
    expect(settings.get('TRUST_PROXY')?.value).toBe('false');
  });
});
