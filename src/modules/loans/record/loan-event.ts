import type { JobEvent } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { newId } from '../../../shared/ids.js';
import {
  AGREEMENT_SIGNED,
  DUE_DATE_CHANGED,
  HANDED_OVER,
  INCIDENT_CLOSED,
  INCIDENT_OPENED,
  ITEM_SETTLED,
  LOAN_CLOSED,
  type LoanEventIds,
  RECALLED,
} from '../loans.events.js';

type AnnouncedEvents = readonly JobEvent<LoanEventIds>[];

const EVENTS = {
  handed_over: [HANDED_OVER],
  overridden: [],
  renewed: [DUE_DATE_CHANGED],
  due_date_changed: [DUE_DATE_CHANGED],
  recalled: [DUE_DATE_CHANGED, RECALLED],
  item_returned: [ITEM_SETTLED],
  item_lost: [ITEM_SETTLED],
  item_stolen: [ITEM_SETTLED],
  item_written_off: [ITEM_SETTLED],
  item_added: [],
  agreement_signed: [AGREEMENT_SIGNED],
  incident_opened: [INCIDENT_OPENED],
  incident_closed: [INCIDENT_CLOSED],
  closed: [LOAN_CLOSED],
} satisfies Record<string, AnnouncedEvents>;
export type LoanEventKind = keyof typeof EVENTS;

/** The kinds of entries in a loan's history, and the events that announce each. */
export const LOAN_EVENTS: Readonly<Record<LoanEventKind, AnnouncedEvents>> = EVENTS;
export const LOAN_EVENT_KINDS = Object.keys(LOAN_EVENTS) as LoanEventKind[];

interface LoanEventDetails {
  readonly itemId?: string;
  readonly incidentId?: string;
  /** The due day from this event on. */
  readonly dueOn?: Day;
  /** The reasons that were overridden. */
  readonly codes?: readonly string[];
  readonly missingAccessories?: readonly string[];
  /** The agreement text that was signed. */
  readonly termsVersion?: string;
  /** The reason in the words of the person who gave it. */
  readonly reason?: string | null;
}

export interface NewLoanEvent extends LoanEventDetails {
  readonly id: string;
  readonly kind: LoanEventKind;
}

/** Makes an event with a new id. */
export function loanEvent(kind: LoanEventKind, details: LoanEventDetails = {}): NewLoanEvent {
  return { id: newId(), kind, ...details };
}
