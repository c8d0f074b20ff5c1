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
import type { CouncilTime, SituationOf, SubjectName, Trigger } from './triggers/trigger.js';
import { COMMON_VARIABLES, type CommonFacts, type ValuesOf, type Variable } from './triggers/variables.js';

/** Every event that families get notices about, in the order in which lists show them. */
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

/** The facts from which a text of a trigger is written. */
export type FactsOf<Name extends TriggerName> = CommonFacts & ValuesOf<(typeof TRIGGERS)[Name]['variables']>;

/** The trigger of a notice, and what the notice is about. */
export interface NoticeTopic extends Topic {
  readonly trigger: TriggerName;
}

/** The description of a trigger, as a type that holds for every one. */
export const triggerOf = (name: TriggerName): Trigger => TRIGGERS[name];

/** Returns the triggers whose planned notices end with one of these. */
export function triggersEndingWith(...ends: NonNullable<Trigger['endsWith']>[]): TriggerName[] {
  return TRIGGER_NAMES.filter((name) => ends.some((end) => end === triggerOf(name).endsWith));
}

/** Returns the triggers that have this value, as a list in SQL. */
export function triggersInSql<Name extends 'remindsOf' | 'aboutNames'>(property: Name, value: NonNullable<Trigger[Name]>): string {
  const names = TRIGGER_NAMES.filter((name) => triggerOf(name)[property] === value);
  return `(${names.map((name) => `'${name}'`).join(', ')})`;
}

/** Returns every variable of a trigger, by name. */
export function variablesOf(trigger: TriggerName): Readonly<Record<string, Variable>> {
  return { ...COMMON_VARIABLES, ...TRIGGERS[trigger].variables };
}

/** Whether every fact that a text of the trigger uses is known. */
export function hasRequiredFacts(trigger: TriggerName, situation: Situation): boolean {
  if (missing(trigger, situation) !== undefined) return false;
  return triggerOf(trigger).isComplete?.(known(trigger, situation)) ?? true;
}

/** Returns why a notice that is about to be sent is dropped; null when it is still true. */
export function dropReason(topic: NoticeTopic, situation: Situation, at: Date, timeZone: string): DropReason | null {
  return triggerOf(topic.trigger).dropReason(known(topic.trigger, situation), topic, councilTime(at, timeZone));
}

/** Returns the facts from which a notice's text is written, as they are when it is about to be sent. */
export function noticeFacts(trigger: TriggerName, situation: Situation, common: CommonFacts, at: Date, timeZone: string) {
  const facts = triggerOf(trigger).facts(known(trigger, situation), councilTime(at, timeZone));
  return { ...common, ...facts } as FactsOf<TriggerName>;
}

function missing(trigger: TriggerName, situation: Situation): SubjectName | undefined {
  return triggerOf(trigger).tellsOf.find((name) => situation[name] === null);
}

/** Returns the situation with the parts that the trigger needs. Throws when one is missing, which would be a fault of the program. */
function known(trigger: TriggerName, situation: Situation): SituationOf<SubjectName> {
  const name = missing(trigger, situation);
  if (name !== undefined) throw new Error(`a notice of ${trigger} without its ${name}`);
  return situation as SituationOf<SubjectName>;
}

const councilTime = (at: Date, timeZone: string): CouncilTime => ({ at, today: dayIn(at, timeZone), timeZone });
