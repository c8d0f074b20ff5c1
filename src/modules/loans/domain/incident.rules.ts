import { canMove } from '../../../shared/machine.js';
import { refusalsHolding, type Refusal, type RefusalTable } from '../../../shared/refusal.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import type { DeviceMove, DeviceStatus } from '../../inventory/index.js';
import { loanItemMachine, type LoanItemMove, type LoanItemState } from './loan-item.machine.js';

export const INCIDENT_OUTCOMES = ['found', 'not_found', 'repaired', 'written_off'] as const;
export type IncidentOutcome = (typeof INCIDENT_OUTCOMES)[number];

interface IncidentKindRules {
  /** The move that a report makes at once, of the item and of its device; null when it makes none. */
  readonly move: (LoanItemMove & DeviceMove) | null;
  readonly outcomes: readonly IncidentOutcome[];
  /** Whether the return of the item closes it with the outcome `found`. */
  readonly closedByReturn: boolean;
  /** Whether there are no reminders about the item while it is open. */
  readonly pausesReminders: boolean;
}

/** The kinds of incidents of an item that a family has, and how each may end. */
export const INCIDENT_KINDS = {
  lost: { move: 'declare_lost', outcomes: ['found', 'written_off'], closedByReturn: true, pausesReminders: false },
  stolen: { move: 'declare_stolen', outcomes: ['found', 'written_off'], closedByReturn: true, pausesReminders: false },
  broken: { move: null, outcomes: ['repaired', 'written_off'], closedByReturn: false, pausesReminders: false },
  claimed_returned: { move: null, outcomes: ['found', 'not_found', 'written_off'], closedByReturn: true, pausesReminders: true },
} as const satisfies Record<string, IncidentKindRules>;
export type IncidentKind = keyof typeof INCIDENT_KINDS;

/** Reasons against reporting an incident, in the order in which the API lists them. */
export const INCIDENT_REFUSALS = {
  ITEM_NOT_ON_LOAN: { overridable: false, message: 'The family no longer has this item: it came back, or its loss was reported already.' },
  INCIDENT_ALREADY_OPEN: {
    overridable: false,
    message: 'The same was reported of this item before and is still open; close that incident.',
  },
} as const satisfies RefusalTable;

/** Reasons against closing an incident, in the order in which the API lists them. */
export const CLOSURE_REFUSALS = {
  INCIDENT_CLOSED: { overridable: false, message: 'This incident is closed already.' },
  OUTCOME_DOES_NOT_FIT: { overridable: false, message: 'An incident of this kind cannot end so; its kind says how it may end.' },
  DEVICE_IN_USE_AGAIN: {
    overridable: false,
    message: 'The device was lent or sent away again since; it is no longer this incident that decides about it.',
  },
} as const satisfies RefusalTable;

/** Returns every reason against reporting an incident; `open` are the kinds of the item's open incidents. */
export function incidentRefusals(
  kind: IncidentKind,
  item: { readonly state: LoanItemState; readonly open: readonly IncidentKind[] },
): Refusal<keyof typeof INCIDENT_REFUSALS>[] {
  return refusalsHolding(INCIDENT_REFUSALS, {
    ITEM_NOT_ON_LOAN: item.state !== 'on_loan',
    INCIDENT_ALREADY_OPEN: item.open.includes(kind),
  });
}

export interface IncidentFacts {
  readonly kind: IncidentKind;
  readonly state: 'open' | 'closed';
  readonly item: LoanItemState;
  readonly device: DeviceStatus;
}

/** What closing an incident does: a move of the loan's item, and one of the device; null when there is none. */
export interface ClosureEffects {
  readonly item: LoanItemMove | null;
  readonly device: DeviceMove | null;
}

const NO_EFFECTS: ClosureEffects = { item: null, device: null };

/** Returns what an outcome does to the item and its device, or every reason why the incident cannot be closed with it. */
export function closeIncident(
  incident: IncidentFacts,
  outcome: IncidentOutcome,
): Result<ClosureEffects, Refusal<keyof typeof CLOSURE_REFUSALS>[]> {
  const outcomes: readonly IncidentOutcome[] = INCIDENT_KINDS[incident.kind].outcomes;
  const effects = effectsOf(outcome, incident);
  const reasons = refusalsHolding(CLOSURE_REFUSALS, {
    INCIDENT_CLOSED: incident.state === 'closed',
    OUTCOME_DOES_NOT_FIT: !outcomes.includes(outcome),
    // The family that has or is promised the device now has nothing to do with the old incident.
    DEVICE_IN_USE_AGAIN: effects.device === 'retire' && IN_USE_STATUSES.includes(incident.device),
  });
  return reasons.length > 0 ? refused(reasons) : ok(effects);
}

/** Statuses that a device, after its item came back, can only have because it was lent, promised or sent away again. */
const IN_USE_STATUSES: readonly DeviceStatus[] = ['reserved', 'on_loan', 'in_transit', 'lost', 'stolen'];

function effectsOf(outcome: IncidentOutcome, { item, device }: IncidentFacts): ClosureEffects {
  const effects = OUTCOME_EFFECTS[outcome](item);
  return device === 'retired' ? { ...effects, device: null } : effects;
}

const OUTCOME_EFFECTS: Readonly<Record<IncidentOutcome, (item: LoanItemState) => ClosureEffects>> = {
  found: (item) => {
    if (!canMove(loanItemMachine, item, 'return')) return NO_EFFECTS;
    return { item: 'return', device: item === 'on_loan' ? 'take_back' : 'recover' }; // the inspection says in which condition it is
  },
  not_found: () => NO_EFFECTS,
  repaired: () => NO_EFFECTS,
  written_off: (item) =>
    canMove(loanItemMachine, item, 'write_off') ? { item: 'write_off', device: 'write_off' } : { item: null, device: 'retire' },
};
