import { Injectable } from '@nestjs/common';

/** Wakes the runner of this process when a job was just committed here; others find it at their next look. */
@Injectable()
export class OutboxBell {
  private listener: () => void = () => undefined;

  onRing(listener: () => void): void {
    this.listener = listener;
  }

  ring(): void {
    this.listener();
  }
}
