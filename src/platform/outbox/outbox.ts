import { Injectable } from '@nestjs/common';
import { newId } from '../../shared/ids.js';
import { Clock } from '../clock/clock.js';
import type { Tx } from '../database/index.js';
import { Handlers } from './handlers.js';
import { OutboxBell } from './outbox-bell.js';

/** What a job works on: ids only, never personal data. */
export type JobIds = Readonly<Record<string, string | number>>;

interface When {
  /** Not before this instant; now when left out. */
  readonly at?: Date;
  /** At most one row of this kind and key ever exists in the council: adding it again changes nothing. */
  readonly key?: string;
}

const ADD = `
  INSERT INTO outbox (id, council_id, kind, ids, key, due_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (council_id, kind, key) WHERE key IS NOT NULL DO NOTHING`;

/** The jobs that follow from a change, written in its transaction. */
@Injectable()
export class Outbox {
  constructor(
    private readonly clock: Clock,
    private readonly handlers: Handlers,
    private readonly bell: OutboxBell,
  ) {}

  /** Adds one job, done by the one handler of its kind. */
  async add(tx: Tx, kind: string, ids: JobIds, { at, key }: When = {}): Promise<void> {
    const now = this.clock.now();
    await tx.execute(ADD, [newId(), tx.councilId, kind, ids, key ?? null, at ?? now, now]);
    if (at === undefined || at <= now) tx.afterCommit(() => this.bell.ring());
  }

  /** Tells every subscriber of an event: one job for each. */
  async announce(tx: Tx, event: string, ids: JobIds): Promise<void> {
    for (const kind of this.handlers.subscribers(event)) await this.add(tx, kind, ids);
  }
}
