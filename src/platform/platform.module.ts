import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { AuditModule } from './audit/audit.module.js';
import { Clock, SystemClock } from './clock/clock.js';
import { Secrets } from './config/secrets.js';
import { Settings } from './config/settings.js';
import { DatabaseModule, type DatabaseOptions } from './database/database.module.js';
import { ClockMonitor } from './health/clock-monitor.js';
import { HealthController } from './health/health.controller.js';
import { Metrics } from './health/metrics.js';
import { ReadinessService } from './health/readiness.service.js';
import { AnswerHeadersInterceptor } from './http/answer-headers.interceptor.js';
import { ApiDocument, DocumentController } from './http/docs.controller.js';
import { Cursors } from './http/page.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RateLimiter } from './http/rate-limiter.js';
import { StrictValidation } from './http/validation.js';
import { EffectRegistry, IdempotencyInterceptor, IdempotencyKeysRepository, LeaseRenewer } from './idempotency/index.js';
import { Log } from './logging/log.js';
import { Mailer } from './mail/mailer.js';
import { MessagesController } from './messages/messages.controller.js';
import { ShownMessagesRepository } from './messages/shown-messages.repository.js';
import { JobsSwitch } from './outbox/index.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { OutsideClient } from './outside/index.js';
import { ThreadDispatcher } from './threads/thread-dispatcher.js';

export interface PlatformOptions {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly clock: Clock;
  readonly database: DatabaseOptions;
  /** Whether this process does jobs and recurring work. */
  readonly runsJobs: boolean;
}

/** What every module uses. */
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
        // The first interceptor is the outermost: a replayed answer does not pass through the one that sets headers again.
        { provide: APP_INTERCEPTOR, useExisting: IdempotencyInterceptor },
        { provide: APP_INTERCEPTOR, useExisting: AnswerHeadersInterceptor },
        IdempotencyInterceptor,
        AnswerHeadersInterceptor,
        EffectRegistry,
        IdempotencyKeysRepository,
        LeaseRenewer,
        Cursors,
        RateLimiter,
        ShownMessagesRepository,
        Mailer,
        OutsideClient,
        ThreadDispatcher,
        Metrics,
        SystemClock,
        ClockMonitor,
        ReadinessService,
        ApiDocument,
      ],
      exports: [
        JobsSwitch,
        Settings,
        Secrets,
        Log,
        Clock,
        ShownMessagesRepository,
        Mailer,
        OutsideClient,
        ThreadDispatcher,
        Cursors,
        RateLimiter,
        Metrics,
        ReadinessService,
      ],
    };
  }
}
