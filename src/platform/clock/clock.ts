import { Injectable } from '@nestjs/common';
import { dayIn, type Day } from '../../shared/day.js';

/** The only source of the current time. Tests and the demonstration replace it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  today(timeZone: string): Day {
    return dayIn(this.now(), timeZone);
  }
}

/** The clock of the machine. Nobody replaces it, except a test of the clock monitor. It is only compared with the clock of the database. */
@Injectable()
export class SystemClock {
  nowMs(): number {
    return Date.now();
  }
}

/** A clock that stands still until a test moves it. */
export class SetClock extends Clock {
  constructor(private instant: Date) {
    super();
  }

  override now(): Date {
    return new Date(this.instant);
  }

  moveTo(instant: Date): void {
    this.instant = instant;
  }
}
