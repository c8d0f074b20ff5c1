import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Transactions } from '../database/index.js';

const WAITING = `
  SELECT count(*) FILTER (WHERE dead_at IS NULL AND done_at IS NULL AND due_at <= now()) AS due, count(*) FILTER (WHERE dead_at IS NOT NULL) AS dead
  FROM outbox WHERE (done_at IS NULL AND dead_at IS NULL AND due_at <= now()) OR dead_at IS NOT NULL`;

/** What the program tells of itself to Prometheus. */
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
    help: 'Jobs tried, by kind and outcome.',
    labelNames: ['kind', 'outcome'],
    registers: [this.registry],
  });

  constructor(transactions: Transactions) {
    collectDefaultMetrics({ register: this.registry });
    const waiting = new Gauge({
      name: 'outbox_rows',
      help: 'Rows of the outbox that are due, or set aside as dead.',
      labelNames: ['state'],
      registers: [this.registry],
      collect: async () => {
        const rows = await transactions.system((tx) => tx.query<{ due: number; dead: number }>(WAITING)).catch(() => []);
        // While the database is away nothing is known of its rows; the other metrics are told all the same.
        waiting.reset();
        for (const { due, dead } of rows) {
          waiting.set({ state: 'due' }, due);
          waiting.set({ state: 'dead' }, dead);
        }
      },
    });
  }
}
