import { Field, PageQuery, Parameter } from '../../../../platform/http/index.js';
import { states } from '../../../../shared/machine.js';
import type { WithHousehold } from '../../../households/index.js';
import { HouseholdCardField, type HouseholdCardView } from '../../../households/http.js';
import { noticeMachine, type NoticeState } from '../../domain/notice.machine.js';
import { type Channel, CHANNELS } from '../../domain/channels.js';
import { TRIGGER_NAMES, type TriggerName } from '../../domain/triggers.js';
import type { Notice } from '../notices.repository.js';
import type { MessageText } from '../../sending/message-texts.repository.js';
import type { ForeseenNotice, NoticeWithText } from '../notices.service.js';

const STATES = states(noticeMachine);
const OUTCOMES = ['sent', 'put_off', 'dropped', 'failed'] as const;

export class NoticesQuery extends PageQuery {
  @Parameter.uuid()
  householdId?: string;

  @Parameter.oneOf([...STATES, 'stuck'], {
    about: '`stuck`: what did not arrive and was not sent again, and what is tried again and again',
  })
  state?: NoticeState | 'stuck';

  @Parameter.oneOf(TRIGGER_NAMES)
  trigger?: TriggerName;
}

export class PreviewQuery extends PageQuery {
  @Parameter.instant({ about: 'now when left out' })
  at?: string;
}

export class ResendBody {
  @Field.text({ max: 2000, example: 'The family has a new number', about: 'why it is sent again' })
  reason: string;
}

class NoticeView {
  @Field.uuid()
  id: string;

  @Field.uuid()
  householdId: string;

  @Field.uuid({ nullable: true, about: 'whom it is for; null before its time: everybody who is to be told then' })
  contactId: string | null;

  @Field.oneOf(TRIGGER_NAMES, { example: 'loan_due' })
  trigger: TriggerName;

  @Field.uuid({ nullable: true })
  requestLineId: string | null;

  @Field.uuid({ nullable: true })
  offerId: string | null;

  @Field.uuid({ nullable: true })
  loanId: string | null;

  @Field.uuid({ nullable: true })
  incidentId: string | null;

  @Field.oneOf(STATES, {
    example: 'sent',
    about:
      'scheduled: not its time yet; sending: on its way out; to_print and printed: letters; sent: left; delivered: says the gateway; failed: reached nobody; dropped: overtaken',
  })
  state: NoticeState;

  @Field.text({ nullable: true, example: 'RETURNED', about: 'why it was dropped or did not arrive' })
  reason: string | null;

  @Field.oneOf(CHANNELS, { nullable: true, example: 'email', about: 'by which it left' })
  channel: Channel | null;

  @Field.manyOf(CHANNELS, { example: [], about: 'by which it did not arrive' })
  tried: Channel[];

  @Field.integer({ example: 0, about: 'tries after which it is to be tried again' })
  attempts: number;

  @Field.text({ nullable: true, example: 'SMTP_451', about: 'what the last of them met with' })
  problem: string | null;

  @Field.instant()
  dueAt: string;

  @Field.uuid({ nullable: true, about: 'the notice with which it was one message' })
  combinedInto: string | null;

  @Field.uuid({ nullable: true, about: 'the notice that a person sent again with it' })
  resendOf: string | null;

  @Field.instant({ nullable: true, about: 'when it left, was dropped, or failed' })
  settledAt: string | null;

  @Field.instant()
  createdAt: string;

  static of({ lineId, dueAt, settledAt, createdAt, tried, ...notice }: Notice): NoticeView {
    const { id, householdId, contactId, trigger, offerId, loanId, incidentId, state, reason, channel, attempts, problem } = notice;
    return {
      id,
      householdId,
      contactId,
      trigger,
      requestLineId: lineId,
      offerId,
      loanId,
      incidentId,
      state,
      reason,
      channel,
      tried: [...tried],
      attempts,
      problem,
      dueAt: dueAt.toISOString(),
      combinedInto: notice.combinedInto,
      resendOf: notice.resendOf,
      settledAt: settledAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
    };
  }
}

/** A notice as lists show it. */
export class ListedNoticeView extends NoticeView {
  @HouseholdCardField()
  household: HouseholdCardView | null;

  static override of(notice: Notice & WithHousehold): ListedNoticeView {
    return Object.assign(NoticeView.of(notice), { household: notice.household });
  }
}

export class MessageTextView implements MessageText {
  @Field.oneOf(CHANNELS, { example: 'email' })
  channel: Channel;

  @Field.text({ max: 35, example: 'fr', about: 'language tag (BCP 47) of the text' })
  language: string;

  @Field.text({ nullable: true, max: 2000, example: 'À rendre le 30 novembre' })
  subject: string | null;

  @Field.text({ max: 20_000, example: 'Votre prêt L-7K3M-25 se termine le 30 novembre.', about: 'the text itself' })
  body: string;
}

/** One notice, with what the family was told. */
export class ToldNoticeView extends NoticeView {
  @Field.nested(() => MessageTextView, {
    nullable: true,
    about:
      'word for word, as it was sent or printed; null: nothing has left, it was erased, or the caller may not read the file of the family',
  })
  text: MessageTextView | null;

  static override of(notice: NoticeWithText): ToldNoticeView {
    return Object.assign(NoticeView.of(notice), { text: notice.text });
  }
}

export class ForeseenView {
  @Field.uuid()
  noticeId: string;

  @Field.uuid()
  householdId: string;

  @HouseholdCardField()
  household: HouseholdCardView | null;

  @Field.uuid({ nullable: true, about: 'whom it would be for; null: it would reach nobody' })
  contactId: string | null;

  @Field.oneOf(TRIGGER_NAMES, { example: 'loan_due' })
  trigger: TriggerName;

  @Field.instant()
  dueAt: string;

  @Field.oneOf(OUTCOMES, {
    example: 'sent',
    about: 'sent: it would leave; put_off: it would wait until then; dropped: it is overtaken; failed: it would reach nobody',
  })
  outcome: ForeseenNotice['outcome'];

  @Field.text({ nullable: true, example: 'RETURNED', about: 'why it would be dropped or reach nobody' })
  reason: string | null;

  @Field.oneOf(CHANNELS, { nullable: true, example: 'email' })
  channel: Channel | null;

  @Field.instant({ nullable: true, about: 'until when the night, a Sunday or the holidays would hold it' })
  until: string | null;

  static of({ dueAt, until, ...foreseen }: ForeseenNotice & WithHousehold): ForeseenView {
    return { ...foreseen, dueAt: dueAt.toISOString(), until: until?.toISOString() ?? null };
  }
}
