import { type IncidentOutcome } from '../../../loans/index.js';
import { anyTime, AT_OR_AFTER_MOMENT, EMAIL_FIRST, once, trigger } from './trigger.js';
import { DEVICE, INCIDENT_KIND, TEXT } from './variables.js';

const OUTCOMES: readonly IncidentOutcome[] = ['found', 'not_found', 'repaired', 'written_off'];

export const incidentClosed = trigger({
  urgent: false,
  tellsOf: ['loan', 'incident'],
  variables: { loanReference: TEXT, device: DEVICE, incidentKind: INCIDENT_KIND, outcome: { kind: 'choice', values: OUTCOMES } },
  timing: AT_OR_AFTER_MOMENT,
  shippedRules: [once(EMAIL_FIRST)],
  endsWith: null,
  usefulUntil: anyTime,
  isComplete: ({ incident }) => incident.outcome !== null,
  dropReason: () => null,
  facts({ loan, incident: { device, kind: incidentKind, outcome } }) {
    if (outcome === null) throw new Error('a closed incident has an outcome');
    return { loanReference: loan.reference, device, incidentKind, outcome };
  },
});
