import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type LaneCount, LaneCounter, MOST_COUNTED } from '../outbox/lane-counter.js';

/** The figures that the program reports to Prometheus. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from request to answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  readonly jobs = new Counter({
    name: 'outbox_jobs_total',
    help: 'Jobs tried, by kind, lane and outcome.',
    labelNames: ['kind', 'lane', 'outcome'],
    registers: [this.registry],
  });
  readonly jobDuration = new Histogram({
    name: 'outbox_job_duration_seconds',
    help: 'Time that one try of a job took, by kind.',
    labelNames: ['kind'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.registry],
  });

  constructor(counts: LaneCounter) {
    collectDefaultMetrics({ register: this.registry });
    let looking: Promise<LaneCount[]> | undefined;
    // All figures that are read at the same time share one query. While the database cannot be reached, those about its rows are missing,
    // and the others are reported all the same.
    const look = () =>
      (looking ??= counts
        .everywhere()
        .catch(() => [])
        .finally(() => {
          looking = undefined;
        }));
    const rows = new Gauge({
      name: 'outbox_rows',
      help: `Rows of the outbox that are not done, by lane and state; ${MOST_COUNTED} means that many or more.`,
      labelNames: ['lane', 'state'],
      registers: [this.registry],
      collect: async () => {
        const lanes = await look();
        rows.reset();
        for (const { lane, due, running, scheduled, dead } of lanes) {
          for (const [state, count] of Object.entries({ due, running, scheduled, dead })) rows.set({ lane, state }, count);
        }
      },
    });
    const oldest = new Gauge({
      name: 'outbox_oldest_due_seconds',
      help: 'For how long the oldest row of the lane that is due has been; 0 when none is.',
      labelNames: ['lane'],
      registers: [this.registry],
      collect: async () => {
        const lanes = await look();
        oldest.reset();
        for (const { lane, oldestDueSeconds } of lanes) oldest.set({ lane }, oldestDueSeconds ?? 0);
      },
    });
  }
}
