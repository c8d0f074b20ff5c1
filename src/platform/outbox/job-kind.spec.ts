import { describe, expect, test } from '@jest/globals';
import type { Tx } from '../database/index.js';
import { HandlesEvent, HandlesJob } from './handlers.js';
import { type Job, PermanentFailure } from './job.js';
import { Id, jobEvent, jobKind, type JobOf } from './job-kind.js';
import type { Outbox } from './outbox.js';

// By names that the program has as well: it starts in this process too, and asks for the handler of each kind that was declared.
const TOLD = jobKind(
  'notice.offer_told',
  { offerId: Id.text, left: Id.optional(Id.number), on: Id.optional(Id.day), by: Id.optional(Id.word(['sms', 'email'])) },
  { lane: 'urgent' },
);
const SWEPT = jobKind('notices.sweep', {});
const ENDED = jobEvent('test.ended', { offerId: Id.text, from: Id.word(['open', 'accepted']) });

describe('the ids of a job', () => {
  test('are those of its kind, as they were stored', () => {
    expect(TOLD.idsOf({ offerId: 'a', left: 12, on: '2026-02-28', by: 'sms', other: 'b' })).toEqual({
      offerId: 'a',
      left: 12,
      on: '2026-02-28',
      by: 'sms',
    });
    expect(ENDED.idsOf({ offerId: 'a', from: 'open' })).toEqual({ offerId: 'a', from: 'open' });
  });

  test('lack what may be missing, also where something else is stored', () => {
    expect(TOLD.idsOf({ offerId: 'a' })).toEqual({ offerId: 'a' });
    expect(TOLD.idsOf({ offerId: 'a', left: '12', on: '2026-02-30', by: 'fax' })).toEqual({ offerId: 'a' });
  });

  test.each([[null], [[]], ['a'], [{}], [{ offerId: 1, from: 'open' }], [{ offerId: 'a' }], [{ offerId: 'a', from: 'collected' }]])(
    'set a job aside that lacks what it works on: %j',
    (stored) => {
      expect(() => ENDED.idsOf(stored)).toThrow(PermanentFailure);
    },
  );
});

// This function is never called. It is checked by the compiler, which fails when one of these lines is no longer an error.
export async function others(outbox: Outbox, tx: Tx): Promise<void> {
  await outbox.add(tx, TOLD, { offerId: 'a', left: 12 });
  // @ts-expect-error: the id of the offer is missing.
  await outbox.add(tx, TOLD, { left: 12 });
  // @ts-expect-error: this kind has no such id.
  await outbox.add(tx, TOLD, { offerId: 'a', loanId: 'b' });
  // @ts-expect-error: this kind has no ids.
  await outbox.add(tx, SWEPT, { loanId: 'b' });
  // @ts-expect-error: the state must be one of a live offer.
  await outbox.announce(tx, ENDED, { offerId: 'a', from: 'collected' });
  // @ts-expect-error: an event is announced and not added, since each subscriber has a job of its own.
  await outbox.add(tx, ENDED, { offerId: 'a', from: 'open' });
}

export class Handlers {
  @HandlesJob(TOLD)
  told(job: JobOf<typeof TOLD>): Promise<void> {
    return Promise.reject(new Error(job.ids.by));
  }

  @HandlesJob(TOLD)
  onlyTheOffer(job: Job<{ offerId: string }>): Promise<void> {
    return Promise.reject(new Error(job.ids.offerId));
  }

  // @ts-expect-error: the event has no such id.
  @HandlesEvent(ENDED, 'test')
  ended(job: Job<{ slotId: string }>): Promise<void> {
    return Promise.reject(new Error(job.ids.slotId));
  }
}
