import { dayIn, daysBetween, type Day } from '../../../shared/day.js';
import type { LoanSituation, NoticeTopic, OfferSituation, Situation } from './situation.js';
import type { CommonFacts, FactsOf, PickupDay, TriggerName } from './triggers.js';

interface FactsInput {
  readonly topic: NoticeTopic;
  readonly situation: Situation;
  readonly common: CommonFacts;
  readonly today: Day;
  readonly timeZone: string;
}

type FactsOfTrigger<Name extends TriggerName> = (input: FactsInput) => Omit<FactsOf<Name>, keyof CommonFacts>;

const FACTS_OF_TRIGGER: { readonly [Name in TriggerName]: FactsOfTrigger<Name> } = {
  request_received: ({ situation }) => ({ deviceClass: lineOf(situation).class }),
  request_refused: ({ situation }) => ({ deviceClass: lineOf(situation).class, reason: lineOf(situation).reason }),
  appeal_decided: ({ situation }) => {
    const { class: deviceClass, state, reason } = lineOf(situation);
    return { deviceClass, decision: state === 'refused' ? 'dismissed' : 'upheld', reason };
  },
  request_suspended: ({ situation }) => {
    const { class: deviceClass, missed, suspendedUntil: until } = lineOf(situation);
    return { deviceClass, missed, until };
  },
  offer_made: (input) => ({ ...offered(input), siteName: offerOf(input.situation).siteName, expiresOn: lastDay(input) }),
  offer_expiring: (input) => {
    const expiresOn = lastDay(input);
    return {
      ...offered(input),
      siteName: offerOf(input.situation).siteName,
      expiresOn,
      days: Math.max(0, daysBetween(input.today, expiresOn)),
    };
  },
  offer_expired: (input) => ({ ...offered(input), missed: lineOf(input.situation).missed }),
  offer_withdrawn: offered,
  pickup_booked: pickup,
  pickup_tomorrow: (input) => ({ ...pickup(input), pickupDay: pickupDay(input) }),
  pickup_cancelled: (input) => ({ ...pickup(input), expiresOn: offerOf(input.situation).state === 'accepted' ? lastDay(input) : null }),
  loan_handed_over: (input) => ({ ...out(input), ...duty(input) }),
  loan_due: (input) => ({ ...out(input), ...duty(input), days: Math.max(0, daysBetween(input.today, loanOf(input.situation).dueOn)) }),
  loan_overdue: (input) => ({
    ...out(input),
    ...duty(input),
    days: Math.max(0, daysBetween(loanOf(input.situation).dueOn, input.today)),
  }),
  loan_renewed: (input) => ({ ...out(input), dueOn: loanOf(input.situation).dueOn }),
  loan_recalled: (input) => ({ ...out(input), ...duty(input) }),
  loan_returned: ({ situation }) => {
    const { reference, items } = loanOf(situation);
    const now = items.filter(({ returnedThen }) => returnedThen);
    return { ...listed(reference, now), remaining: items.filter(({ state }) => state === 'on_loan').length };
  },
  incident_opened: ({ situation }) => {
    const { device, kind: incidentKind } = incidentOf(situation);
    return { loanReference: loanOf(situation).reference, device, incidentKind };
  },
  incident_closed: ({ situation }) => {
    const { device, kind: incidentKind, outcome } = incidentOf(situation);
    if (outcome === null) throw new Error('a closed incident has an outcome');
    return { loanReference: loanOf(situation).reference, device, incidentKind, outcome };
  },
  agreement_unsigned: (input) => ({ ...out(input), siteName: loanOf(input.situation).siteName }),
  need_review_due: () => ({}),
};

/** The facts from which a notice's text is written, as they are when it is about to leave. */
export function noticeFacts(input: FactsInput): FactsOf<TriggerName> {
  return { ...input.common, ...FACTS_OF_TRIGGER[input.topic.trigger](input) };
}

function offered({ situation }: FactsInput) {
  return { deviceClass: lineOf(situation).class, device: offerOf(situation).device };
}

/** An offer ends with a day: at its end it is the next one. */
function lastDay({ situation, timeZone }: FactsInput): Day {
  return dayIn(new Date(new Date(offerOf(situation).expiresAt).getTime() - 1), timeZone);
}

function pickup(input: FactsInput) {
  const { siteName, pickupAt } = offerOf(input.situation);
  if (pickupAt === null) throw new Error('a pickup without its time');
  return { ...offered(input), siteName, pickupAt: new Date(pickupAt) };
}

function pickupDay(input: FactsInput): PickupDay {
  const days = daysBetween(input.today, dayIn(pickup(input).pickupAt, input.timeZone));
  return days <= 0 ? 'today' : days === 1 ? 'tomorrow' : 'later';
}

function out({ situation }: FactsInput) {
  const { reference, items } = loanOf(situation);
  return listed(
    reference,
    items.filter(({ state, claimedReturned }) => state === 'on_loan' && !claimedReturned),
  );
}

function listed(loanReference: string, items: LoanSituation['items']) {
  return { loanReference, devices: items.map(({ model, assetTag }) => `${model}, ${assetTag}`), items: items.length };
}

function duty({ situation }: FactsInput) {
  const { siteName, dueOn } = loanOf(situation);
  return { siteName, dueOn };
}

const lineOf = ({ line }: Situation) => there(line);
const loanOf = ({ loan }: Situation) => there(loan);
const offerOf = ({ offer }: Situation): OfferSituation => there(offer);
const incidentOf = ({ incident }: Situation) => there(incident);

function there<T>(subject: T | null): T {
  if (subject === null) throw new Error('a notice without what it is about');
  return subject;
}
