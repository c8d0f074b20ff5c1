import { Injectable } from '@nestjs/common';
import { Clock, type Tx } from '../../../platform/index.js';
import { PassedOverRepository, type QueueBypass } from './passed-over.repository.js';

/** Records which lines a person's decision passed over, in the transaction of the decision. */
@Injectable()
export class PassedOverRecorder {
  constructor(
    private readonly lines: PassedOverRepository,
    private readonly clock: Clock,
  ) {}

  /** A line that several devices of one decision pass over is recorded once. */
  record(tx: Tx, passing: QueueBypass): Promise<void> {
    return this.lines.record(tx, passing, this.clock.now());
  }
}
