import { anyTime, AT_OR_AFTER_MOMENT, EMAIL_FIRST, once, trigger } from './trigger.js';
import { DEVICE, INCIDENT_KIND, TEXT } from './variables.js';

export const incidentOpened = trigger({
  urgent: false,
  tellsOf: ['loan', 'incident'],
  variables: { loanReference: TEXT, device: DEVICE, incidentKind: INCIDENT_KIND },
  timing: AT_OR_AFTER_MOMENT,
  shippedRules: [once(EMAIL_FIRST)],
  endsWith: null,
  usefulUntil: anyTime,
  dropReason: ({ incident }) => (incident.state === 'open' ? null : 'OVERTAKEN'),
  facts: ({ loan, incident: { device, kind: incidentKind } }) => ({ loanReference: loan.reference, device, incidentKind }),
});
