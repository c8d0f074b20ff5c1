import { Field, orNull, PageQuery, Parameter, VersionedView } from '../../../../platform/http/index.js';
import type { Day } from '../../../../shared/day.js';
import { DEVICE_CONDITIONS, type DeviceCondition } from '../../../../shared/vocabulary.js';
import { INCIDENT_KINDS, INCIDENT_OUTCOMES, type IncidentKind, type IncidentOutcome } from '../../domain/incident.rules.js';
import type { Incident, IncidentFilter, IncidentState } from '../incidents.repository.js';

const KINDS = Object.keys(INCIDENT_KINDS) as IncidentKind[];
const STATES = ['open', 'closed'] as const satisfies IncidentState[];

export class IncidentBody {
  @Field.uuid()
  itemId: string;

  @Field.oneOf(KINDS, { example: 'broken', about: 'lost and stolen settle the item at once; claimed_returned pauses reminders' })
  kind: IncidentKind;

  @Field.day({ about: 'today or earlier' })
  reportedOn: Day;

  @Field.text({ max: 2000, example: 'The screen stays black', about: 'what happened' })
  description: string;

  @Field.text({ max: 100, ...orNull, example: '2026/04512' })
  policeReportReference?: string | null;
}

export class IncidentChanges {
  @Field.text({ max: 100, ...orNull, example: '2026/04512', about: 'may follow later, also after the incident was closed' })
  policeReportReference?: string | null;
}

export class ExchangeBody {
  @Field.uuid({ about: 'what the family brings' })
  itemId: string;

  @Field.uuid({ about: 'what it takes home instead: of the same class' })
  deviceId: string;

  @Field.oneOf(DEVICE_CONDITIONS, { example: 'damaged' })
  conditionIn: DeviceCondition;

  @Field.oneOf(DEVICE_CONDITIONS, { example: 'good' })
  conditionOut: DeviceCondition;

  @Field.text({ max: 2000, example: 'The screen stays black', about: 'why it is exchanged' })
  reason: string;
}

export class ClosureBody {
  @Field.oneOf(INCIDENT_OUTCOMES, { example: 'found', about: 'what came of it; which outcomes are possible depends on the kind' })
  outcome: IncidentOutcome;

  @Field.text({ max: 2000, example: 'It lay in the staff room', about: 'in plain words' })
  reason: string;
}

export class IncidentsQuery extends PageQuery {
  @Parameter.oneOf(STATES)
  state?: IncidentState;

  @Parameter.oneOf(KINDS)
  kind?: IncidentKind;

  @Parameter.uuid()
  loanId?: string;

  static toFilter({ state, kind, loanId }: IncidentsQuery): IncidentFilter {
    return { state: state ?? null, kind: kind ?? null, loanId: loanId ?? null };
  }
}

export class IncidentView extends VersionedView {
  @Field.uuid()
  loanId: string;

  @Field.uuid()
  itemId: string;

  @Field.oneOf(KINDS, { example: 'broken', about: 'claimed_returned: the family says that it is back' })
  kind: IncidentKind;

  @Field.day({ about: 'the day of the report' })
  reportedOn: Day;

  @Field.text({ nullable: true, max: 2000, example: 'The screen stays black', about: 'what happened; null once it has been erased' })
  description: string | null;

  @Field.text({ nullable: true, example: null })
  policeReportReference: string | null;

  @Field.oneOf(STATES, { example: 'open', about: 'closed: it has an outcome, or a return ended it' })
  state: IncidentState;

  @Field.oneOf(INCIDENT_OUTCOMES, { nullable: true, example: null, about: 'how it ended; null: it is open, or a return ended it' })
  outcome: IncidentOutcome | null;

  @Field.instant({ nullable: true })
  closedAt: string | null;

  @Field.text({ nullable: true, max: 2000, example: null, about: 'null too where a return closed it' })
  closureReason: string | null;

  static of({ ordinal: _ordinal, closedAt, ...incident }: Incident): IncidentView {
    return { ...incident, ...VersionedView.parts(incident), closedAt: closedAt?.toISOString() ?? null };
  }
}
