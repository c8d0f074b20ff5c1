import { Injectable } from '@nestjs/common';
import { Clock, jobKind, Mailer, Outbox, Transactions, type Job, type Tx } from '../../platform/index.js';
import { dayIn, type Day } from '../../shared/day.js';
import { type DropReason, type Reminder, remindersOf, stillDue } from '../loans/index.js';
import { dayInWords, reminderLanguage, reminderText } from './domain/reminder.texts.js';
import { type ContactToRemind, type LoanToRemind, NoticesRepository } from './notices.repository.js';

/** A loan's reminder has come due: it is decided anew whether it still says what is true. */
export const REMINDER_DUE = jobKind('reminder.due');
/** One contact's copy of a reminder leaves. */
export const REMINDER_DELIVERY = jobKind('reminder.delivery');

type WhyNot = DropReason | 'NO_CONTACT' | 'NO_EMAIL' | 'MAIL_NOT_CONFIGURED';

interface Copy {
  readonly loan: LoanToRemind;
  readonly contact: ContactToRemind | null;
  readonly whyNot: WhyNot | null;
}

/** Reminds families, by e-mail, of what they are to bring back. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly notices: NoticesRepository,
    private readonly outbox: Outbox,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /** Writes a row for each reminder to come of the loan's present due day; those of an earlier due day drop out when their time comes. */
  async schedule(tx: Tx, loanId: string): Promise<void> {
    const loan = await this.notices.loan(tx, loanId);
    if (!loan) return;
    const now = this.clock.now();
    for (const { kind, number, dueOn, at, key } of remindersOf(loan.dueOn, loan.graceDays, loan.timeZone)) {
      if (at >= now) await this.outbox.add(tx, REMINDER_DUE, { loanId, kind, number, dueOn }, { at, key: `${loanId}:${key}` });
    }
  }

  /** Makes a copy for each contact who is to be told, or records why there is none. */
  async makeCopies(job: Job): Promise<void> {
    const reminder = reminderOf(job);
    await job.complete(async (tx) => {
      const loanId = String(job.ids.loanId);
      const loan = await this.notices.loan(tx, loanId);
      if (!loan) return;
      const contacts = await this.notices.contacts(tx, loan.householdId);
      const whyNot = this.whyNot(loan, reminder) ?? (contacts.length === 0 ? 'NO_CONTACT' : null);
      if (whyNot !== null) return this.settle(tx, job, { loan, contact: null, whyNot });
      for (const { id: contactId } of contacts) {
        await this.outbox.add(tx, REMINDER_DELIVERY, { ...job.ids, contactId }, { key: `${job.id}:${contactId}` });
      }
    });
  }

  /** Checks once more, sends, and records that it was sent; the mail leaves outside of any transaction. */
  async deliver(job: Job): Promise<void> {
    const reminder = reminderOf(job);
    const copy = await this.transactions.read(job.councilId, (tx) => this.copy(tx, job, reminder));
    if (!copy) return;
    const { loan, contact, whyNot } = copy;
    if (whyNot === null && contact?.email) await this.mailer.send(this.mail(job, reminder, loan, { ...contact, email: contact.email }));
    await job.complete((tx) => this.settle(tx, job, copy));
  }

  private async copy(tx: Tx, job: Job, reminder: Reminder): Promise<Copy | null> {
    const loan = await this.notices.loan(tx, String(job.ids.loanId));
    if (!loan) return null;
    const contacts = await this.notices.contacts(tx, loan.householdId);
    const contact = contacts.find(({ id }) => id === job.ids.contactId) ?? null;
    const unreachable =
      contact === null ? 'NO_CONTACT' : contact.email === null ? 'NO_EMAIL' : this.mailer.isConfigured ? null : 'MAIL_NOT_CONFIGURED';
    return { loan, contact, whyNot: this.whyNot(loan, reminder) ?? unreachable };
  }

  private whyNot(loan: LoanToRemind, reminder: Reminder): DropReason | null {
    const decision = stillDue(loan, reminder, dayIn(this.clock.now(), loan.timeZone));
    return decision.ok ? null : decision.reason;
  }

  private mail(job: Job, { kind }: Reminder, loan: LoanToRemind, contact: ContactToRemind & { email: string }) {
    const language = reminderLanguage(contact.language, ...loan.languages);
    const { subject, body } = reminderText(kind, language, {
      contactName: contact.name,
      councilName: loan.councilName,
      loanReference: loan.reference,
      devices: loan.items
        .filter(({ state, claimedReturned }) => state === 'on_loan' && !claimedReturned)
        .map(({ model, assetTag }) => `${model}, ${assetTag}`),
      dueDay: dayInWords(loan.dueOn, language),
      siteName: loan.siteName,
    });
    return { to: contact.email, subject, text: body, language, messageId: job.id };
  }

  private settle(tx: Tx, job: Job, { loan, contact, whyNot }: Copy): Promise<void> {
    return this.notices.settle(tx, {
      id: job.id,
      householdId: loan.householdId,
      contactId: contact?.id ?? null,
      loanId: String(job.ids.loanId),
      trigger: `loan_${reminderOf(job).kind}`,
      dueAt: job.dueAt,
      state: whyNot === null ? 'sent' : 'dropped',
      reason: whyNot,
      settledAt: this.clock.now(),
    });
  }
}

/** The reminder that a job names; the job's ids were written by `schedule`. */
function reminderOf({ ids }: Job): Reminder {
  return { kind: ids.kind as Reminder['kind'], number: Number(ids.number), dueOn: ids.dueOn as Day };
}
