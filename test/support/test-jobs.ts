import { type INestApplicationContext, Injectable } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HandlesEvent, HandlesJob, Id, type Job, jobEvent, jobKind, type JobOf } from '../../src/platform/index.js';
import { PlatformModule, type PlatformOptions } from '../../src/platform/platform.module.js';
import { newId } from '../../src/shared/ids.js';

// The jobs of tests, and a process that does them. It does not need Jest, so that it can run as a program of its own.

/** One kind for each lane. */
const IDS = { number: Id.optional(Id.number), lane: Id.optional(Id.text) };
export const WORK = jobKind('test.work', IDS);
/** The number is required. */
export const URGENT = jobKind('test.urgent', { ...IDS, number: Id.number }, { lane: 'urgent' });
export const MESSAGE = jobKind('test.message', IDS, { lane: 'messages' });
export const BULK = jobKind('test.bulk', IDS, { lane: 'bulk' });
export type TestKind = typeof WORK;
type TestJob = JobOf<TestKind>;

export const HAPPENED = jobEvent('test.happened', IDS);

/** The tables exist already, so no entities and migrations are needed. */
export const NO_SCHEMA = { entities: [], migrations: [] };

export type JobBehaviour = (job: TestJob, worker: number) => Promise<void>;

let workers = 0;

/** Writes one row each time that the effects of the job are written; `salt` is the id of the job. */
export const effect = (job: Job): Promise<void> =>
  job.complete((tx) =>
    tx
      .query('INSERT INTO audit_reasons (council_id, event_id, salt, reason) VALUES (current_council(), $1, $2, $3)', [
        newId(),
        job.id,
        'x',
      ])
      .then(() => undefined),
  );

/** What the jobs do, as the test says. */
export class Behaviour {
  constructor(public behave: JobBehaviour = effect) {}
}

@Injectable()
export class TestJobs {
  readonly number = ++workers;

  constructor(private readonly behaviour: Behaviour) {}

  @HandlesJob(WORK)
  work(job: TestJob): Promise<void> {
    return this.behaviour.behave(job, this.number);
  }

  @HandlesJob(URGENT)
  urgent(job: TestJob): Promise<void> {
    return this.behaviour.behave(job, this.number);
  }

  @HandlesJob(MESSAGE)
  message(job: TestJob): Promise<void> {
    return this.behaviour.behave(job, this.number);
  }

  @HandlesJob(BULK)
  bulk(job: TestJob): Promise<void> {
    return this.behaviour.behave(job, this.number);
  }

  @HandlesEvent(HAPPENED, 'first')
  first(job: TestJob): Promise<void> {
    return this.behaviour.behave(job, this.number);
  }

  @HandlesEvent(HAPPENED, 'second')
  second(job: TestJob): Promise<void> {
    return this.behaviour.behave(job, this.number);
  }
}

class Program {
  readonly name = 'a program of a test';
}

/** Starts the platform with these jobs, as one process. */
export function startTestJobs(options: PlatformOptions, behaviour = new Behaviour()): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(
    { module: Program, imports: [PlatformModule.forRoot(options)], providers: [TestJobs, { provide: Behaviour, useValue: behaviour }] },
    { logger: false, abortOnError: false },
  );
}
