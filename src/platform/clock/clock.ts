import { Injectable } from '@nestjs/common';
import { dayIn, type Day } from '../../shared/day.js';

/** The only source of the present: tests and the demonstration put another in its place. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  today(timeZone: string): Day {
    return dayIn(this.now(), timeZone);
  }
}

/** The clock of the machine, in whose place nobody puts another but to see it watched: it is compared with the database's, and asked for nothing else. */
@Injectable()
export class MachineClock {
  nowMs(): number {
    return Date.now();
  }
}

/** A clock that stands still until it is moved. */
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
