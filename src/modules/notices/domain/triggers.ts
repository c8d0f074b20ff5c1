import { dayIn } from '../../../shared/day.js';
import type { DropReason } from './drop-reasons.js';
import type { Situation, Topic } from './situation.js';
import { agreementUnsigned } from './triggers/agreement-unsigned.js';
import { appealDecided } from './triggers/appeal-decided.js';
import { incidentClosed } from './triggers/incident-closed.js';
import { incidentOpened } from './triggers/incident-opened.js';
import { loanDue } from './triggers/loan-due.js';
import { loanHandedOver } from './triggers/loan-handed-over.js';
import { loanOverdue } from './triggers/loan-overdue.js';
import { loanRecalled } from './triggers/loan-recalled.js';
import { loanRenewed } from './triggers/loan-renewed.js';
import { loanReturned } from './triggers/loan-returned.js';
import { needReviewDue } from './triggers/need-review-due.js';
import { offerExpired } from './triggers/offer-expired.js';
import { offerExpiring } from './triggers/offer-expiring.js';
import { offerMade } from './triggers/offer-made.js';
import { offerWithdrawn } from './triggers/offer-withdrawn.js';
import { pickupBooked } from './triggers/pickup-booked.js';
import { pickupCancelled } from './triggers/pickup-cancelled.js';
import { pickupTomorrow } from './triggers/pickup-tomorrow.js';
import { requestReceived } from './triggers/request-received.js';
import { requestRefused } from './triggers/request-refused.js';
import { requestSuspended } from './triggers/request-suspended.js';
import type { Now, SituationOf, SubjectName, Trigger } from './triggers/trigger.js';
import { COMMON_VARIABLES, type CommonFacts, type ValuesOf, type Variable } from './triggers/variables.js';

/** What people are told about, in the order in which it is shown. */
export const TRIGGERS = {
  request_received: requestReceived,
  request_refused: requestRefused,
  appeal_decided: appealDecided,
  request_suspended: requestSuspended,
  offer_made: offerMade,
  offer_expiring: offerExpiring,
  offer_expired: offerExpired,
  offer_withdrawn: offerWithdrawn,
  pickup_booked: pickupBooked,
  pickup_tomorrow: pickupTomorrow,
  pickup_cancelled: pickupCancelled,
  loan_handed_over: loanHandedOver,
  loan_due: loanDue,
  loan_overdue: loanOverdue,
  loan_renewed: loanRenewed,
  loan_recalled: loanRecalled,
  loan_returned: loanReturned,
  incident_opened: incidentOpened,
  incident_closed: incidentClosed,
  agreement_unsigned: agreementUnsigned,
  need_review_due: needReviewDue,
} as const satisfies Readonly<Record<string, Trigger>>;

export type TriggerName = keyof typeof TRIGGERS;
export const TRIGGER_NAMES = Object.keys(TRIGGERS) as TriggerName[];

/** What a text of a trigger is written from. */
export type FactsOf<Name extends TriggerName> = CommonFacts & ValuesOf<(typeof TRIGGERS)[Name]['variables']>;

/** What a notice is about, and what of it it tells. */
export interface NoticeTopic extends Topic {
  readonly trigger: TriggerName;
}

/** What holds for any trigger. */
export const triggerOf = (name: TriggerName): Trigger => TRIGGERS[name];

/** The triggers whose planned notices end with one of these. */
export function triggersEndingWith(...ends: NonNullable<Trigger['endsWith']>[]): TriggerName[] {
  return TRIGGER_NAMES.filter((name) => ends.some((end) => end === triggerOf(name).endsWith));
}

/** Every variable of a trigger, by name. */
export function variablesOf(trigger: TriggerName): Readonly<Record<string, Variable>> {
  return { ...COMMON_VARIABLES, ...TRIGGERS[trigger].variables };
}

/** Whether everything is known that a text of the trigger says. */
export function hasRequiredFacts(trigger: TriggerName, situation: Situation): boolean {
  if (missing(trigger, situation) !== undefined) return false;
  return triggerOf(trigger).isComplete?.(known(trigger, situation)) ?? true;
}

/** Why a notice is dropped when it is about to leave; null: it still says what is true. */
export function dropReason(topic: NoticeTopic, situation: Situation, at: Date, timeZone: string): DropReason | null {
  return triggerOf(topic.trigger).dropReason(known(topic.trigger, situation), topic, nowIn(at, timeZone));
}

/** The facts from which a notice's text is written, as they are when it is about to leave. */
export function noticeFacts(trigger: TriggerName, situation: Situation, common: CommonFacts, at: Date, timeZone: string) {
  const facts = triggerOf(trigger).facts(known(trigger, situation), nowIn(at, timeZone));
  return { ...common, ...facts } as FactsOf<TriggerName>;
}

function missing(trigger: TriggerName, situation: Situation): SubjectName | undefined {
  return triggerOf(trigger).tellsOf.find((name) => situation[name] === null);
}

/** The situation as the trigger reads it. A notice without what it tells of would be our fault. */
function known(trigger: TriggerName, situation: Situation): SituationOf<SubjectName> {
  const name = missing(trigger, situation);
  if (name !== undefined) throw new Error(`a notice of ${trigger} without its ${name}`);
  return situation as SituationOf<SubjectName>;
}

const nowIn = (at: Date, timeZone: string): Now => ({ at, today: dayIn(at, timeZone), timeZone });
