import { Injectable } from '@nestjs/common';

/** Wakes the runner of this process when a job was just committed here; others find it at their next look. */
@Injectable()
export class OutboxNotifier {
  private listener: () => void = () => undefined;

  onNotify(listener: () => void): void {
    this.listener = listener;
  }

  notify(): void {
    this.listener();
  }
}
