import { dayIn, daysBetween, type Day } from '../../../shared/day.js';
import type { LoanSituation, NoticeTopic, OfferSituation, Situation } from './situation.js';
import type { CommonFacts, FactsOf, PickupDay, TriggerName } from './triggers.js';

interface Teller {
  readonly topic: NoticeTopic;
  readonly situation: Situation;
  readonly common: CommonFacts;
  readonly today: Day;
  readonly timeZone: string;
}

type Tell<Name extends TriggerName> = (teller: Teller) => Omit<FactsOf<Name>, keyof CommonFacts>;

const TELL: { readonly [Name in TriggerName]: Tell<Name> } = {
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
  offer_made: (teller) => ({ ...offered(teller), siteName: offerOf(teller.situation).siteName, expiresOn: lastDay(teller) }),
  offer_expiring: (teller) => {
    const expiresOn = lastDay(teller);
    return {
      ...offered(teller),
      siteName: offerOf(teller.situation).siteName,
      expiresOn,
      days: Math.max(0, daysBetween(teller.today, expiresOn)),
    };
  },
  offer_expired: (teller) => ({ ...offered(teller), missed: lineOf(teller.situation).missed }),
  offer_withdrawn: offered,
  pickup_booked: pickup,
  pickup_tomorrow: (teller) => ({ ...pickup(teller), pickupDay: pickupDay(teller) }),
  pickup_cancelled: (teller) => ({ ...pickup(teller), expiresOn: offerOf(teller.situation).state === 'accepted' ? lastDay(teller) : null }),
  loan_handed_over: (teller) => ({ ...out(teller), ...duty(teller) }),
  loan_due: (teller) => ({ ...out(teller), ...duty(teller), days: Math.max(0, daysBetween(teller.today, loanOf(teller.situation).dueOn)) }),
  loan_overdue: (teller) => ({
    ...out(teller),
    ...duty(teller),
    days: Math.max(0, daysBetween(loanOf(teller.situation).dueOn, teller.today)),
  }),
  loan_renewed: (teller) => ({ ...out(teller), dueOn: loanOf(teller.situation).dueOn }),
  loan_recalled: (teller) => ({ ...out(teller), ...duty(teller) }),
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
  agreement_unsigned: (teller) => ({ ...out(teller), siteName: loanOf(teller.situation).siteName }),
  need_review_due: () => ({}),
};

/** The facts from which a notice's text is written, as they are when it is about to leave. */
export function noticeFacts(teller: Teller): FactsOf<TriggerName> {
  return { ...teller.common, ...TELL[teller.topic.trigger](teller) };
}

function offered({ situation }: Teller) {
  return { deviceClass: lineOf(situation).class, device: offerOf(situation).device };
}

/** An offer ends with a day: at its end it is the next one. */
function lastDay({ situation, timeZone }: Teller): Day {
  return dayIn(new Date(new Date(offerOf(situation).expiresAt).getTime() - 1), timeZone);
}

function pickup(teller: Teller) {
  const { siteName, pickupAt } = offerOf(teller.situation);
  if (pickupAt === null) throw new Error('a pickup without its time');
  return { ...offered(teller), siteName, pickupAt: new Date(pickupAt) };
}

function pickupDay(teller: Teller): PickupDay {
  const days = daysBetween(teller.today, dayIn(pickup(teller).pickupAt, teller.timeZone));
  return days <= 0 ? 'today' : days === 1 ? 'tomorrow' : 'later';
}

function out({ situation }: Teller) {
  const { reference, items } = loanOf(situation);
  return listed(
    reference,
    items.filter(({ state, claimedReturned }) => state === 'on_loan' && !claimedReturned),
  );
}

function listed(loanReference: string, items: LoanSituation['items']) {
  return { loanReference, devices: items.map(({ model, assetTag }) => `${model}, ${assetTag}`), items: items.length };
}

function duty({ situation }: Teller) {
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
