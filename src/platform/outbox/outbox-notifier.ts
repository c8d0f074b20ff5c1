import { Injectable } from '@nestjs/common';

/** Wakes the runner of this process when a job was committed here. Other processes find the job at their next poll. */
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
