import 'reflect-metadata';
import { plainToInstance, Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateBy,
  validateSync,
} from 'class-validator';
import { isEmail } from '../../shared/email.js';
import { isThisMachine } from '../outside/addresses.js';
import { InvalidSettings } from './invalid-settings.js';

const ABOUT = Symbol('about a setting');

interface About {
  readonly name: string;
  readonly meaning: string;
  readonly secret: boolean;
}

/** Names the environment variable of a setting and says what it means; `cli config` prints both. */
function EnvironmentVariable(name: string, meaning: string, secret = false): PropertyDecorator {
  return (target, property) => {
    const known = (Reflect.getMetadata(ABOUT, target) ?? {}) as Record<string, About>;
    Reflect.defineMetadata(ABOUT, { ...known, [property]: { name, meaning, secret } }, target);
  };
}

const flag = Transform(({ value }: { value: unknown }) =>
  value === 'true' || value === true ? true : value === 'false' || value === false ? false : value,
);
const DATABASE_URL = /^postgres(ql)?:\/\/.+/;
const REDIS_URL = /^rediss?:\/\/.+/;
const SMTP_URL = /^smtps?:\/\/.+/;
/** An e-mail address, with or without a name before it. */
const SENDER = /^(?:[^\s<>@]+@[^\s<>@]+|[^<>\r\n]+<[^\s<>@]+@[^\s<>@]+>)$/;

/** All settings, read from the environment and validated once at the start. Every setting has a safe default. */
export class Settings {
  @EnvironmentVariable('NODE_ENV', 'production demands its secrets and never makes demonstration data')
  @IsIn(['production', 'development', 'test'])
  environment: 'production' | 'development' | 'test' = 'development';

  @EnvironmentVariable('ROLE', 'all: API and jobs in one process; api: no jobs; worker: jobs, health and metrics only')
  @IsIn(['all', 'api', 'worker'])
  role: 'all' | 'api' | 'worker' = 'all';

  @EnvironmentVariable('HOST', 'address to listen on')
  @IsString()
  @MinLength(1)
  host = '127.0.0.1';

  @EnvironmentVariable('PORT', 'port to listen on; 0 takes a free one')
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65535)
  port = 3000;

  @EnvironmentVariable('BASE_URL', 'where people reach the program, for links in messages; https makes cookies Secure')
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  baseUrl: string | null = null;

  @EnvironmentVariable('TRUST_PROXY', 'believe X-Forwarded-* (set it only behind a proxy that overwrites them)')
  @flag
  @IsBoolean()
  trustProxy = false;

  @EnvironmentVariable('DATA_DIR', 'folder of the embedded database and of what a development start makes')
  @IsString()
  @MinLength(1)
  dataDir = '.data';

  @EnvironmentVariable('DATABASE_URL', 'PostgreSQL 15 to 18; unset: the embedded one', true)
  @IsOptional()
  @Matches(DATABASE_URL, { message: 'must look like postgresql://user:password@host:5432/database' })
  databaseUrl: string | null = null;

  @EnvironmentVariable('MIGRATION_DATABASE_URL', 'login that owns the tables, for migrations; unset: DATABASE_URL serves both', true)
  @IsOptional()
  @Matches(DATABASE_URL, { message: 'must look like postgresql://user:password@host:5432/database' })
  migrationDatabaseUrl: string | null = null;

  @EnvironmentVariable('DATABASE_POOL', 'most connections of one process')
  @Type(() => Number)
  @IsInt()
  @Min(4)
  @Max(200)
  databasePool = 20;

  @EnvironmentVariable('REDIS_URL', 'Redis for job queues and shared rate limits; unset: both stay in the process', true)
  @IsOptional()
  @Matches(REDIS_URL, { message: 'must look like redis://host:6379/0' })
  redisUrl: string | null = null;

  @EnvironmentVariable('REDIS_PREFIX', 'start of every key in Redis')
  @Matches(/^[a-z0-9:_-]{1,40}$/i)
  redisPrefix = 'passerelle';

  @EnvironmentVariable('APP_SECRET', 'at least 32 characters; signs cursors, CSRF tokens and audit events', true)
  @IsOptional()
  @IsString()
  @MinLength(32)
  appSecret: string | null = null;

  @EnvironmentVariable(
    'SMTP_URL',
    'mail server, smtp://user:password@host:587; unset: no mail is sent, see SHOW_MESSAGES (not in production)',
    true,
  )
  @IsOptional()
  @Matches(SMTP_URL, { message: 'must look like smtp://user:password@host:587' })
  smtpUrl: string | null = null;

  @EnvironmentVariable('MAIL_FROM', 'sender of e-mails')
  @Matches(SENDER, { message: 'must be an address such as Passerelle <passerelle@example.org>' })
  mailFrom = 'Passerelle <passerelle@localhost>';

  @EnvironmentVariable('MAIL_BOUNCES', 'address to which mail that cannot be delivered comes back; unset: that of MAIL_FROM')
  @IsOptional()
  @ValidateBy({
    name: 'isEmail',
    validator: {
      validate: (value) => typeof value === 'string' && isEmail(value),
      defaultMessage: () => 'must be an address such as returns@example.org',
    },
  })
  mailBounces: string | null = null;

  @EnvironmentVariable(
    'SHOW_MESSAGES',
    'e-mails and SMS that nothing is set up to send are kept, and shown at /messages to this machine; unset: where neither DATABASE_URL, REDIS_URL nor SMTP_URL is set (never in production)',
  )
  @flag
  @IsBoolean()
  showMessages = false;

  @EnvironmentVariable('WEBHOOK_ALLOWED_HOSTS', 'names or addresses of private hosts that councils may have called, separated by commas')
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((host) => host.trim().toLowerCase())
          .filter(Boolean)
      : value,
  )
  @Matches(/^[a-z0-9.:[\]-]{1,253}$/, { each: true, message: 'must be hosts such as sms.internal,10.0.0.7' })
  webhookAllowedHosts: readonly string[] = [];

  @EnvironmentVariable(
    'METRICS_TOKEN',
    'at least 16 characters; bearer token with which /metrics answers other machines; unset: it answers this one only',
    true,
  )
  @IsOptional()
  @Matches(/^[\x21-\x7e]{16,500}$/, { message: 'must have 16 to 500 characters, without blanks' })
  metricsToken: string | null = null;

  @EnvironmentVariable('RATE_LIMIT', 'requests a minute of one caller')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  rateLimit = 1200;

  @EnvironmentVariable('LOG_LEVEL', 'least severe level that is logged')
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent' = 'info';

  @EnvironmentVariable('OUTBOX_POLL_MS', 'how often the outbox is looked through for due jobs, in milliseconds')
  @Type(() => Number)
  @IsInt()
  @Min(10)
  @Max(60_000)
  outboxPollMs = 1000;

  @EnvironmentVariable('OUTBOX_LEASE_SECONDS', 'a job whose process gave no sign for this long is taken over, in seconds')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(3600)
  outboxLeaseSeconds = 60;

  @EnvironmentVariable(
    'IDEMPOTENCY_LEASE_SECONDS',
    'an Idempotency-Key whose process gave no sign for this long before it did anything is free again, in seconds',
  )
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(600)
  idempotencyLeaseSeconds = 15;

  @EnvironmentVariable('OUTBOX_PLACES', 'ordinary jobs that run side by side in one process')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  outboxPlaces = 10;

  @EnvironmentVariable('OUTBOX_BULK_PLACES', 'long jobs, such as imports and recomputations, that run side by side in one process')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  outboxBulkPlaces = 2;

  @EnvironmentVariable(
    'OUTBOX_MESSAGES_PER_SECOND',
    'most messages that leave in a second: of all workers with Redis, of each process without',
  )
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(10_000)
  outboxMessagesPerSecond = 50;

  @EnvironmentVariable('DEMO_DATA', 'make a demonstration council on an empty embedded database (never in production)')
  @flag
  @IsBoolean()
  demoData = true;

  get isProduction(): boolean {
    return this.environment === 'production';
  }

  /** Cookies are Secure when people use the program over TLS. */
  get secureCookies(): boolean {
    return this.baseUrl !== null && new URL(this.baseUrl).protocol === 'https:';
  }
}

function about(): Record<string, About> {
  return Reflect.getMetadata(ABOUT, Settings.prototype) as Record<string, About>;
}

/** Whether nobody on another machine can reach the program, not even through a proxy on this one. */
function isForThisMachine({ host, baseUrl, trustProxy }: Settings): boolean {
  return isThisMachine(host) && !trustProxy && (baseUrl === null || (URL.canParse(baseUrl) && isThisMachine(new URL(baseUrl).hostname)));
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
  const given: Record<string, string> = {};
  for (const [property, { name }] of Object.entries(about())) {
    const value = environment[name];
    if (value !== undefined && value !== '') given[property] = value;
  }
  const settings = plainToInstance(Settings, given, { exposeDefaultValues: true });
  const faults = validateSync(settings).map(
    ({ property, constraints }) => `${about()[property]?.name}: ${Object.values(constraints ?? {}).join('; ')}`,
  );
  // If it is unset, messages are shown in the embedded mode, in which nothing is configured.
  const isBare = settings.databaseUrl === null && settings.redisUrl === null && settings.smtpUrl === null;
  if (given.showMessages === undefined) settings.showMessages = isBare && !settings.isProduction && isForThisMachine(settings);
  else if (settings.showMessages) faults.push(...faultsOfShowing(settings));
  if (settings.isProduction) {
    const needed = {
      DATABASE_URL: settings.databaseUrl,
      APP_SECRET: settings.appSecret,
      BASE_URL: settings.baseUrl,
      SMTP_URL: settings.smtpUrl,
    };
    for (const [name, value] of Object.entries(needed)) {
      if (value === null) faults.push(`${name}: must be set in production`);
    }
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
  return Object.entries(about()).map(([property, { name, meaning, secret }]) => {
    const value = settings[property as keyof Settings];
    return { name, value: value === null ? null : secret ? '(set)' : String(value), meaning };
  });
}
