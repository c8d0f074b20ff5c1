import { isEmail } from '../../shared/email.js';
import { isThisMachine } from '../outside/addresses.js';
import {
  anyText,
  EnvironmentVariable,
  flag,
  hosts,
  matching,
  oneOf,
  shaped,
  variablesOf,
  webAddress,
  whole,
} from './environment-variable.js';
import { InvalidSettings } from './invalid-settings.js';

const secret = { secret: true } as const;
const databaseAddress = matching(/^postgres(ql)?:\/\/.+/, 'must look like postgresql://user:password@host:5432/database');
/** An e-mail address, with or without a name before it. */
const SENDER = /^(?:[^\s<>@]+@[^\s<>@]+|[^<>\r\n]+<[^\s<>@]+@[^\s<>@]+>)$/;

/** All settings, read from the environment and validated once at the start. Every setting has a safe default. */
export class Settings {
  @EnvironmentVariable(
    'NODE_ENV',
    'production demands its secrets and never makes demonstration data',
    oneOf(['production', 'development', 'test']),
  )
  environment: 'production' | 'development' | 'test' = 'development';

  @EnvironmentVariable(
    'ROLE',
    'all: API and jobs in one process; api: no jobs; worker: jobs, health and metrics only',
    oneOf(['all', 'api', 'worker']),
  )
  role: 'all' | 'api' | 'worker' = 'all';

  @EnvironmentVariable('HOST', 'address to listen on', anyText)
  host = '127.0.0.1';

  @EnvironmentVariable('PORT', 'port to listen on; 0 takes a free one', whole(0, 65535))
  port = 3000;

  @EnvironmentVariable('BASE_URL', 'where people reach the program, for links in messages; https makes cookies Secure', webAddress)
  baseUrl: string | null = null;

  @EnvironmentVariable('TRUST_PROXY', 'believe X-Forwarded-* (set it only behind a proxy that overwrites them)', flag)
  trustProxy = false;

  @EnvironmentVariable('DATA_DIR', 'folder of the embedded database and of what a development start makes', anyText)
  dataDir = '.data';

  @EnvironmentVariable('DATABASE_URL', 'PostgreSQL 15 to 18; unset: the embedded one', databaseAddress, secret)
  databaseUrl: string | null = null;

  @EnvironmentVariable(
    'MIGRATION_DATABASE_URL',
    'login that owns the tables, for migrations; unset: DATABASE_URL serves both',
    databaseAddress,
    secret,
  )
  migrationDatabaseUrl: string | null = null;

  @EnvironmentVariable('DATABASE_POOL', 'most connections of one process', whole(4, 200))
  databasePool = 20;

  @EnvironmentVariable(
    'REDIS_URL',
    'Redis for job queues and shared rate limits; unset: both stay in the process',
    matching(/^rediss?:\/\/.+/, 'must look like redis://host:6379/0'),
    secret,
  )
  redisUrl: string | null = null;

  @EnvironmentVariable(
    'REDIS_PREFIX',
    'start of every key in Redis',
    matching(/^[a-z0-9:_-]{1,40}$/i, 'must have 1 to 40 letters of a to z, digits, colons, dashes and underscores'),
  )
  redisPrefix = 'passerelle';

  @EnvironmentVariable(
    'APP_SECRET',
    'at least 32 characters; signs cursors, CSRF tokens and audit events',
    shaped((text) => text.length >= 32, 'must have at least 32 characters'),
    secret,
  )
  appSecret: string | null = null;

  @EnvironmentVariable(
    'SMTP_URL',
    'mail server, smtp://user:password@host:587; unset: no mail is sent, see SHOW_MESSAGES (not in production)',
    matching(/^smtps?:\/\/.+/, 'must look like smtp://user:password@host:587'),
    secret,
  )
  smtpUrl: string | null = null;

  @EnvironmentVariable('MAIL_FROM', 'sender of e-mails', matching(SENDER, 'must be an address such as Passerelle <passerelle@example.org>'))
  mailFrom = 'Passerelle <passerelle@localhost>';

  @EnvironmentVariable(
    'MAIL_BOUNCES',
    'address to which mail that cannot be delivered comes back; unset: that of MAIL_FROM',
    shaped(isEmail, 'must be an address such as returns@example.org'),
  )
  mailBounces: string | null = null;

  @EnvironmentVariable(
    'SHOW_MESSAGES',
    'e-mails and SMS that nothing is set up to send are kept, and shown at /messages to this machine; unset: where neither DATABASE_URL, REDIS_URL nor SMTP_URL is set (never in production)',
    flag,
  )
  showMessages = false;

  @EnvironmentVariable(
    'WEBHOOK_ALLOWED_HOSTS',
    'names or addresses of private hosts that councils may have called, separated by commas',
    hosts,
  )
  webhookAllowedHosts: readonly string[] = [];

  @EnvironmentVariable(
    'METRICS_TOKEN',
    'at least 16 characters; bearer token with which /metrics answers other machines; unset: it answers this one only',
    matching(/^[\x21-\x7e]{16,500}$/, 'must have 16 to 500 characters, without blanks'),
    secret,
  )
  metricsToken: string | null = null;

  @EnvironmentVariable('RATE_LIMIT', 'requests a minute of one caller', whole(1))
  rateLimit = 1200;

  @EnvironmentVariable('LOG_LEVEL', 'least severe level that is logged', oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'silent']))
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent' = 'info';

  @EnvironmentVariable('OUTBOX_POLL_MS', 'how often the outbox is looked through for due jobs, in milliseconds', whole(10, 60_000))
  outboxPollMs = 1000;

  @EnvironmentVariable('OUTBOX_LEASE_SECONDS', 'a job whose process gave no sign for this long is taken over, in seconds', whole(1, 3600))
  outboxLeaseSeconds = 60;

  @EnvironmentVariable(
    'IDEMPOTENCY_LEASE_SECONDS',
    'an Idempotency-Key whose process gave no sign for this long before it did anything is free again, in seconds',
    whole(1, 600),
  )
  idempotencyLeaseSeconds = 15;

  @EnvironmentVariable('OUTBOX_PLACES', 'ordinary jobs that run side by side in one process', whole(1, 100))
  outboxPlaces = 10;

  @EnvironmentVariable(
    'OUTBOX_BULK_PLACES',
    'long jobs, such as imports and recomputations, that run side by side in one process',
    whole(1, 100),
  )
  outboxBulkPlaces = 2;

  @EnvironmentVariable(
    'OUTBOX_MESSAGES_PER_SECOND',
    'most messages that leave in a second: of all workers with Redis, of each process without',
    whole(1, 10_000),
  )
  outboxMessagesPerSecond = 50;

  @EnvironmentVariable('DEMO_DATA', 'make a demonstration council on an empty embedded database (never in production)', flag)
  demoData = true;

  get isProduction(): boolean {
    return this.environment === 'production';
  }

  /** Where people reach the program, without a slash at its end. */
  get publicAddress(): string {
    return (this.baseUrl ?? `http://${this.host}:${this.port}`).replace(/\/+$/, '');
  }

  /** Cookies are Secure when people use the program over TLS. */
  get secureCookies(): boolean {
    return this.baseUrl !== null && new URL(this.baseUrl).protocol === 'https:';
  }
}

const VARIABLES = variablesOf(Settings);
const NEEDED_IN_PRODUCTION = ['DATABASE_URL', 'APP_SECRET', 'BASE_URL', 'SMTP_URL'] as const;

/** Whether nobody on another machine can reach the program, not even through a proxy on this one. */
function isForThisMachine({ host, baseUrl, trustProxy }: Settings): boolean {
  return isThisMachine(host) && !trustProxy && (baseUrl === null || isThisMachine(new URL(baseUrl).hostname));
}

/**
 * The page of messages has no sign-in, and whoever reaches it can read what was written to families. So it may only be shown on this
 * machine.
 */
function faultsOfShowing(settings: Settings): string[] {
  if (settings.isProduction) return ['SHOW_MESSAGES: must not be true in production'];
  if (isForThisMachine(settings)) return [];
  return ['SHOW_MESSAGES: may be true only where HOST and BASE_URL are this machine itself and TRUST_PROXY is false'];
}

/** Reads and validates the settings. An empty variable counts as unset. @throws InvalidSettings */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const isSet = (name: string) => environment[name] !== undefined && environment[name] !== '';
  const settings = new Settings();
  const faults: string[] = [];
  for (const [property, { name, read }] of VARIABLES) {
    if (!isSet(name)) continue;
    const value = read(environment[name] ?? '');
    if (value.ok) Object.assign(settings, { [property]: value.value });
    else faults.push(`${name}: ${value.reason}`);
  }
  // If it is unset, messages are shown in the embedded mode, in which nothing is configured.
  const isBare = !['DATABASE_URL', 'REDIS_URL', 'SMTP_URL'].some(isSet);
  if (!isSet('SHOW_MESSAGES')) settings.showMessages = isBare && !settings.isProduction && isForThisMachine(settings);
  else if (settings.showMessages) faults.push(...faultsOfShowing(settings));
  if (settings.isProduction) {
    for (const name of NEEDED_IN_PRODUCTION) if (!isSet(name)) faults.push(`${name}: must be set in production`);
  }
  if (faults.length > 0) throw new InvalidSettings(faults);
  return settings;
}

/** The settings of this process. Only this function reads the environment. */
export function settingsOfProcess(): Settings {
  return readSettings(process.env);
}

/** Every setting with its value (secrets are hidden) and its meaning, for people to read. */
export function describeSettings(settings: Settings): { name: string; value: string | null; meaning: string }[] {
  return VARIABLES.map(([property, { name, meaning, secret: isSecret }]) => {
    const value = settings[property as keyof Settings];
    return { name, value: value === null ? null : isSecret ? '(set)' : String(value), meaning };
  });
}
