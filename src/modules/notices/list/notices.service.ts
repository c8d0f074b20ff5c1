import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { notFound, type Outcome, refusedFor } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { ok } from '../../../shared/result.js';
import { type Actor, COUNCIL_WIDE, hasRights } from '../../councils/index.js';
import { HOUSEHOLD_READERS, HouseholdCardsService, type WithHousehold } from '../../households/index.js';
import { AvailableChannelsReader } from '../channels/available-channels-reader.js';
import { resendRefusals } from '../domain/resend.rules.js';
import type { DropReason } from '../domain/drop-reasons.js';
import type { Channel } from '../domain/channels.js';
import type { TriggerName } from '../domain/triggers.js';
import { type MessageText, MessageTextsRepository } from '../sending/message-texts.repository.js';
import { MessagesRepository, type NoticeToSend } from '../sending/messages.repository.js';
import { nextStep, reasonAgainst } from '../sending/next-step.js';
import { type Notice, type NoticeFilter, NoticesRepository } from './notices.repository.js';
import { SweepScheduler } from '../sending/sweep-scheduler.js';

/** A notice with its text. The text is null when nothing was sent, when it was erased, or when the caller may not read it. */
export type NoticeWithText = Notice & { readonly text: MessageText | null };

/** What would happen to one notice to one person at a later moment, if nothing changed until then. */
export interface ForeseenNotice {
  readonly noticeId: string;
  readonly householdId: string;
  readonly contactId: string | null;
  readonly trigger: TriggerName;
  readonly dueAt: Date;
  readonly outcome: 'sent' | 'put_off' | 'dropped' | 'failed';
  readonly reason: DropReason | 'NO_CHANNEL' | null;
  readonly channel: Channel | null;
  readonly until: Date | null;
}

/** Shows the notices that were sent and those that will be, and sends one again when a person asks for it. */
@Injectable()
export class NoticesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly notices: NoticesRepository,
    private readonly messages: MessagesRepository,
    private readonly texts: MessageTextsRepository,
    private readonly channels: AvailableChannelsReader,
    private readonly sweeps: SweepScheduler,
    private readonly households: HouseholdCardsService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Finds a notice, with its text for those who may read the family's file. */
  find(actor: Actor, id: string): Promise<Outcome<NoticeWithText>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const notice = await this.notices.find(tx, actor.reach.schoolId, id);
      if (!notice) return notFound();
      const text = hasRights(actor, HOUSEHOLD_READERS) ? await this.texts.ofNotice(tx, id) : null;
      return ok({ ...notice, text });
    });
  }

  /** Returns notices in the order of their ids, one more than `limit`. */
  list(actor: Actor, filter: NoticeFilter, after: string | null, limit: number): Promise<(Notice & WithHousehold)[]> {
    return this.transactions.read(actor.councilId, async (tx) =>
      this.households.attach(tx, actor, await this.notices.list(tx, actor.reach.schoolId, filter, after, limit)),
    );
  }

  /** Returns every notice that is planned until then, in the order of time: the rows of `limit` notices and one more. */
  preview(actor: Actor, at: Date, after: readonly [string, string] | null, limit: number): Promise<(ForeseenNotice & WithHousehold)[]> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const foreseen = (await this.messages.dueBy(tx, at, after, limit + 1)).map((notice) => this.foresee(notice, at));
      return this.households.attach(tx, actor, foreseen);
    });
  }

  /** Makes another notice about the same thing to the same person, which is sent at once if it is still true. */
  resend(actor: Actor, id: string, reason: string): Promise<Outcome<Notice>> {
    return this.transactions.write(actor, async (tx) => {
      const now = this.clock.now();
      const notice = await this.notices.lock(tx, actor.reach.schoolId, id);
      const inHand = notice && (await this.messages.find(tx, id, now));
      if (!notice || !inHand) return notFound();
      const states = [notice.state, ...(await this.notices.statesAgain(tx, id))];
      const reasons = resendRefusals({ states, outdated: reasonAgainst({ ...inHand, resendOf: id }, now) !== null });
      if (reasons.length > 0) return refusedFor(reasons);
      const again = newId();
      await this.notices.sendAgain(tx, id, again, now);
      tx.made('notice', again);
      await this.sweeps.wakeAt(tx, [now]);
      await this.audit.record(tx, { actor: actor.id, action: 'notice.resent', subject: id, reason });
      return ok((await this.notices.find(tx, COUNCIL_WIDE.schoolId, again)) as Notice);
    });
  }

  private foresee(notice: NoticeToSend, at: Date): ForeseenNotice {
    const { id: noticeId, householdId, trigger, dueAt } = notice;
    const told = { noticeId, householdId, contactId: notice.contact?.id ?? notice.contactId, trigger, dueAt };
    const reason = reasonAgainst(notice, at);
    if (reason !== null) return { ...told, outcome: 'dropped', reason, channel: null, until: null };
    const step = nextStep([notice], this.channels.of(notice), notice.tried, at);
    switch (step.kind) {
      case 'fail':
        return { ...told, outcome: 'failed', reason: 'NO_CHANNEL', channel: null, until: null };
      case 'put_off':
        return { ...told, outcome: 'put_off', reason: null, channel: step.channel, until: step.until };
      case 'send':
        return { ...told, outcome: 'sent', reason: null, channel: step.channel, until: null };
    }
  }
}
