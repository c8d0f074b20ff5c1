import { addDays, type Day, dayIn, instantAt, isOpen, nthOpenDayAfter } from '../shared/day.js';

/** The days of the year on which a French council is closed, whatever the year. */
const FIXED_HOLIDAYS = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
/** The demonstration also closes for two days of its own, so that there are always closed days soon. */
const OWN_CLOSURE = { after: 10, days: 2 };

/** The days around the present of the demonstration. What has happened is told in open days before today, so that nothing happened on a Sunday. */
export class Timeline {
  readonly today: Day;
  readonly closedDays: ReadonlySet<Day>;

  constructor(
    now: Date,
    private readonly timeZone: string,
  ) {
    this.today = dayIn(now, timeZone);
    const year = Number(this.today.slice(0, 4));
    const holidays = [year - 1, year, year + 1].flatMap((each) => FIXED_HOLIDAYS.map((name) => `${each}-${name}` as Day));
    const closure = nthOpenDayAfter(this.today, OWN_CLOSURE.after, new Set(holidays));
    const own = Array.from({ length: OWN_CLOSURE.days }, (_, day) => addDays(closure, day));
    this.closedDays = new Set([...holidays, ...own].sort());
  }

  /** The `count`-th open day before today. */
  ago(count: number): Day {
    let day = this.today;
    for (let counted = 0; counted < count; counted += isOpen(day, this.closedDays) ? 1 : 0) day = addDays(day, -1);
    return day;
  }

  /** The `count`-th open day after today. */
  ahead(count: number): Day {
    return nthOpenDayAfter(this.today, count, this.closedDays);
  }

  at(day: Day, time: string): Date {
    return instantAt(day, time, this.timeZone);
  }
}
