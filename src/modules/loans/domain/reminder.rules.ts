import { addDays, instantAt, type Day } from '../../../shared/day.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import { isOverdue, overdueFrom } from './due-day.rules.js';
import { loanStateOf, type LoanItemState } from './loan-item.machine.js';

interface ReminderRule {
  /** The day that the first is counted from: the due day, or the first day overdue. */
  readonly from: 'due_day' | 'first_day_overdue';
  readonly firstDay: number;
  readonly everyDays: number;
  readonly times: number;
}

/** What a family is reminded of, and when. */
export const REMINDERS = {
  due_soon: { from: 'due_day', firstDay: -3, everyDays: 0, times: 1 },
  due_today: { from: 'due_day', firstDay: 0, everyDays: 0, times: 1 },
  overdue: { from: 'first_day_overdue', firstDay: 0, everyDays: 7, times: 4 },
} as const satisfies Record<string, ReminderRule>;

const TIME = '09:00';

export type ReminderKind = keyof typeof REMINDERS;

/** One reminder of a loan: its `number` counts from 1 within its kind. */
export interface Reminder {
  readonly kind: ReminderKind;
  readonly number: number;
  /** The due day that it is about: a loan with another due day has other reminders. */
  readonly dueOn: Day;
}

export interface ScheduledReminder extends Reminder {
  readonly at: Date;
  /** Tells it from every other reminder of the same loan. */
  readonly key: string;
}

/** All reminders of a loan in the order of time, those whose time has passed included. */
export function remindersOf(dueOn: Day, graceDays: number, timeZone: string): ScheduledReminder[] {
  return sequence(dueOn).map((reminder) => ({
    ...reminder,
    at: instantAt(dayOf(reminder, graceDays), TIME, timeZone),
    key: `${dueOn}:${reminder.kind}:${reminder.number}`,
  }));
}

/** Why a reminder is not sent after all. */
export type DropReason = 'RETURNED' | 'LOST_OR_STOLEN' | 'CLOSED' | 'CLAIMED_RETURNED' | 'DUE_DAY_CHANGED' | 'NOT_OVERDUE' | 'OVERTAKEN';

export interface ReminderFacts {
  readonly dueOn: Day;
  readonly graceDays: number;
  /** `claimedReturned`: the family says that it gave the item back, and nobody has settled that yet. */
  readonly items: readonly { readonly state: LoanItemState; readonly claimedReturned: boolean }[];
}

/** Whether a reminder still says what is true when it is about to leave, or why it is dropped. */
export function stillDue(loan: ReminderFacts, reminder: Reminder, today: Day): Result<Reminder, DropReason> {
  const dropped = settled(loan.items) ?? outdated(loan, reminder, today);
  return dropped === null ? ok(reminder) : refused(dropped);
}

function settled(items: ReminderFacts['items']): DropReason | null {
  if (items.some(({ state, claimedReturned }) => state === 'on_loan' && !claimedReturned)) return null;
  if (items.some(({ state }) => state === 'on_loan')) return 'CLAIMED_RETURNED';
  if (items.every(({ state }) => state === 'returned')) return 'RETURNED';
  return items.some(({ state }) => state === 'lost' || state === 'stolen') ? 'LOST_OR_STOLEN' : 'CLOSED';
}

function outdated(loan: ReminderFacts, reminder: Reminder, today: Day): DropReason | null {
  if (loan.dueOn !== reminder.dueOn) return 'DUE_DAY_CHANGED';
  const state = loanStateOf(loan.items.map((item) => item.state));
  if (reminder.kind === 'overdue' && !isOverdue({ ...loan, state }, loan.graceDays, today)) return 'NOT_OVERDUE';
  // After an outage several are due at once: only the last of them still says something new. "Due today" is true for a day.
  if (reminder.kind === 'due_today') return today > loan.dueOn ? 'OVERTAKEN' : null;
  const reminders = sequence(loan.dueOn);
  const next = reminders[reminders.findIndex(({ kind, number }) => kind === reminder.kind && number === reminder.number) + 1];
  return next && today >= dayOf(next, loan.graceDays) ? 'OVERTAKEN' : null;
}

function sequence(dueOn: Day): Reminder[] {
  return (Object.keys(REMINDERS) as ReminderKind[]).flatMap((kind) =>
    Array.from({ length: REMINDERS[kind].times }, (_, index) => ({ kind, number: index + 1, dueOn })),
  );
}

function dayOf({ kind, number, dueOn }: Reminder, graceDays: number): Day {
  const { from, firstDay, everyDays } = REMINDERS[kind];
  return addDays(from === 'due_day' ? dueOn : overdueFrom(dueOn, graceDays), firstDay + (number - 1) * everyDays);
}
