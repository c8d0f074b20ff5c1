import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, Secrets, type Tx } from '../../platform/index.js';
import { secondsToWait } from './domain/sign-in-delay.rules.js';
import { SessionsRepository } from './sessions.repository.js';

/** Tried too often; how long until the next try is let in. */
export interface Wait {
  readonly kind: 'wait';
  readonly seconds: number;
}

/** Counts failed tries at what can be guessed: of a subject at a place. Both are kept as keyed hashes, since what somebody mistyped may be anything. */
@Injectable()
export class Tries {
  private readonly key: Buffer;

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
    secrets: Secrets,
  ) {
    this.key = secrets.key('password');
  }

  /** Seconds to wait before a try; 0: it may be made now, and counts as failed until `succeeded` says otherwise. Needs a system transaction. */
  async begin(tx: Tx, subject: string, place: string): Promise<number> {
    const [subjectKey, placeKey, now] = [this.keyed(subject), this.keyed(place), this.clock.now()];
    await this.sessions.inTurn(tx, subjectKey, placeKey);
    const { ofAccount, ofAddress } = await this.sessions.failures(tx, subjectKey, placeKey, now);
    const seconds = secondsToWait(ofAccount, ofAddress, now);
    if (seconds === 0) await this.sessions.failed(tx, subjectKey, placeKey, now);
    return seconds;
  }

  /** The try that was begun could not be made: it is no failure. */
  notMade(tx: Tx, subject: string, place: string): Promise<void> {
    return this.sessions.notMade(tx, this.keyed(subject), this.keyed(place));
  }

  /** Forgets the failures of the subject at this place. */
  succeeded(tx: Tx, subject: string, place: string): Promise<void> {
    return this.sessions.succeeded(tx, this.keyed(subject), this.keyed(place));
  }

  private keyed(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}
