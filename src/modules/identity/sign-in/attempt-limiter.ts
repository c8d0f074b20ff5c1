import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, Every, Secrets, Transactions, type Tx } from '../../../platform/index.js';
import { type AttemptLimits, secondsToWait } from '../domain/sign-in-delay.rules.js';
import { AttemptsRepository } from './attempts.repository.js';

/** There were too many attempts; the number of seconds until the next one is allowed. */
export interface RequiredWait {
  readonly kind: 'wait';
  readonly seconds: number;
}

/** An attempt at something that can be guessed: by whom, and from where. */
export interface Attempt {
  readonly subject: string;
  readonly place: string;
  readonly limits: AttemptLimits;
}

/**
 * Counts failed attempts, and says how long the next one must wait. Subjects and places are stored as keyed hashes, since a mistyped value
 * may be anything, even a password.
 */
@Injectable()
export class AttemptLimiter {
  private readonly key: Buffer;

  constructor(
    private readonly repository: AttemptsRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    secrets: Secrets,
  ) {
    this.key = secrets.key('password');
  }

  /**
   * The number of seconds before an attempt is allowed. If it is 0, the attempt may be made now, and counts as failed unless `succeeded` is
   * called. Needs a system transaction.
   */
  async begin(tx: Tx, { subject, place, limits }: Attempt): Promise<number> {
    const [subjectKey, placeKey, now] = [this.keyed(subject), this.keyed(place), this.clock.now()];
    await this.repository.inTurn(tx, subjectKey, placeKey);
    const seconds = secondsToWait(await this.repository.failures(tx, subjectKey, placeKey, now), limits, now);
    if (seconds === 0) await this.repository.failed(tx, subjectKey, placeKey, now, limits.rememberedMinutes);
    return seconds;
  }

  /** The attempt that was begun could not be made, so it does not count as failed. */
  notMade(tx: Tx, { subject, place }: Attempt): Promise<void> {
    return this.repository.notMade(tx, this.keyed(subject), this.keyed(place));
  }

  /** Forgets the failures of the subject at this place. */
  succeeded(tx: Tx, { subject, place }: Attempt): Promise<void> {
    return this.repository.succeeded(tx, this.keyed(subject), this.keyed(place));
  }

  @Every(600)
  forgetOld(): Promise<void> {
    return this.transactions.system((tx) => this.repository.forgetOld(tx, this.clock.now()));
  }

  private keyed(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}
