import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { AuditModule } from './audit/index.js';
import { Clock, MachineClock } from './clock/clock.js';
import { Secrets } from './config/secrets.js';
import { Settings } from './config/settings.js';
import { DatabaseModule, type DatabaseOptions } from './database/database.module.js';
import { ClockWatch } from './health/clock-watch.js';
import { HealthController } from './health/health.controller.js';
import { Metrics } from './health/metrics.js';
import { Readiness } from './health/readiness.js';
import { AnswerHeaders } from './http/answer.interceptor.js';
import { ApiDocument, DocumentController } from './http/docs.controller.js';
import { Cursors } from './http/page.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RateLimit } from './http/rate-limit.js';
import { StrictValidation } from './http/validation.js';
import { EffectTable, Idempotency, IdempotencyKeys, Leases } from './idempotency/index.js';
import { Log } from './logging/log.js';
import { Mailer } from './mail/mailer.js';
import { MessagesController } from './messages/messages.controller.js';
import { ShownMessages } from './messages/shown-messages.js';
import { JobsSwitch, OutboxModule } from './outbox/index.js';
import { Outside } from './outside/index.js';
import { Threads } from './threads/threads.js';

export interface PlatformOptions {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly clock: Clock;
  readonly database: DatabaseOptions;
  /** Whether this process does jobs and recurring work. */
  readonly runsJobs: boolean;
}

/** What every module stands on. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot({ settings, secrets, log, clock, database, runsJobs }: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      imports: [DiscoveryModule, DatabaseModule.forRoot(database), OutboxModule, AuditModule],
      controllers: [HealthController, DocumentController, MessagesController],
      providers: [
        { provide: Settings, useValue: settings },
        { provide: Secrets, useValue: secrets },
        { provide: Log, useValue: log },
        { provide: Clock, useValue: clock },
        { provide: JobsSwitch, useValue: new JobsSwitch(runsJobs) },
        { provide: APP_PIPE, useClass: StrictValidation },
        { provide: APP_FILTER, useClass: ProblemFilter },
        // The outer one comes first: a replayed answer passes no second time through the headers.
        { provide: APP_INTERCEPTOR, useExisting: Idempotency },
        { provide: APP_INTERCEPTOR, useExisting: AnswerHeaders },
        Idempotency,
        AnswerHeaders,
        EffectTable,
        IdempotencyKeys,
        Leases,
        Cursors,
        RateLimit,
        ShownMessages,
        Mailer,
        Outside,
        Threads,
        Metrics,
        MachineClock,
        ClockWatch,
        Readiness,
        ApiDocument,
      ],
      exports: [
        JobsSwitch,
        Settings,
        Secrets,
        Log,
        Clock,
        ShownMessages,
        Mailer,
        Outside,
        Threads,
        Cursors,
        RateLimit,
        Metrics,
        Readiness,
        ApiDocument,
      ],
    };
  }
}
