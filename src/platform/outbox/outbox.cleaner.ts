import { Injectable } from '@nestjs/common';
import { Transactions } from '../database/index.js';
import { Every } from './every.js';

const KEEP_DONE_DAYS = 30;
const BATCH = 10_000;
const FORGET_DONE = `
  DELETE FROM outbox WHERE id = ANY (ARRAY(
    SELECT id FROM outbox WHERE done_at < now() - make_interval(days => ${KEEP_DONE_DAYS}) ORDER BY done_at LIMIT ${BATCH}))`;

/** Deletes jobs that were done long ago, one batch at a time. */
@Injectable()
export class OutboxCleaner {
  constructor(private readonly transactions: Transactions) {}

  @Every(600)
  forgetDone(): Promise<number> {
    return this.transactions.system((tx) => tx.execute(FORGET_DONE));
  }
}
