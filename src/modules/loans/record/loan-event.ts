import type { Day } from '../../../shared/day.js';
import { newId } from '../../../shared/ids.js';

/** What happened to a loan, as its history tells it, and the events that announce it. */
export const LOAN_EVENTS = {
  handed_over: ['loan.handed_over'],
  overridden: [],
  renewed: ['loan.due_date_changed'],
  due_date_changed: ['loan.due_date_changed'],
  recalled: ['loan.due_date_changed', 'loan.recalled'],
  item_returned: ['loan.item_settled'],
  item_lost: ['loan.item_settled'],
  item_stolen: ['loan.item_settled'],
  item_written_off: ['loan.item_settled'],
  item_added: [],
  agreement_signed: ['loan.agreement_signed'],
  incident_opened: ['incident.opened'],
  incident_closed: ['incident.closed'],
  closed: ['loan.closed'],
} as const satisfies Record<string, readonly string[]>;
export type LoanEventKind = keyof typeof LOAN_EVENTS;
export const LOAN_EVENT_KINDS = Object.keys(LOAN_EVENTS) as LoanEventKind[];

interface LoanEventDetails {
  readonly itemId?: string;
  readonly incidentId?: string;
  /** The due day since then. */
  readonly dueOn?: Day;
  /** The reasons that were overridden. */
  readonly codes?: readonly string[];
  readonly missingAccessories?: readonly string[];
  /** The agreement text that was signed. */
  readonly termsVersion?: string;
  /** Somebody's own words. */
  readonly reason?: string | null;
}

export interface NewLoanEvent extends LoanEventDetails {
  readonly id: string;
  readonly kind: LoanEventKind;
}

/** An event to be written, with its id. */
export function loanEvent(kind: LoanEventKind, details: LoanEventDetails = {}): NewLoanEvent {
  return { id: newId(), kind, ...details };
}
