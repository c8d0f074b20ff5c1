import type { Day } from '../../../shared/day.js';
import { DEVICE_CATEGORIES, DEVICE_CLASSES, type DeviceClass } from '../../../shared/vocabulary.js';
import type { IncidentKind, IncidentOutcome } from '../../loans/index.js';

/** How a notice can reach a person; a letter goes to a print queue for staff. */
export const CHANNELS = ['sms', 'email', 'letter'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What one person reads; only an e-mail and a letter have a subject. */
export interface NoticeText {
  readonly subject: string | null;
  readonly body: string;
}

/** What a template may do with a fact: insert it, inflect by it (`count`), or choose by it (`choice`). */
export type Variable =
  | { readonly kind: 'text' | 'count' | 'day' | 'instant' | 'list'; readonly nullable?: true }
  | { readonly kind: 'choice'; readonly values: readonly string[] };

const TEXT = { kind: 'text' } as const;
const TEXT_OR_NULL = { kind: 'text', nullable: true } as const;
const COUNT = { kind: 'count' } as const;
const DAY = { kind: 'day' } as const;
const DAY_OR_NULL = { kind: 'day', nullable: true } as const;
const INSTANT = { kind: 'instant' } as const;
const LIST = { kind: 'list' } as const;

const CLASSES = Object.keys(DEVICE_CLASSES) as DeviceClass[];
const DEVICE_CLASS = { kind: 'choice', values: CLASSES } as const;
const DEVICE = { kind: 'choice', values: DEVICE_CATEGORIES } as const;
const INCIDENT_KIND = { kind: 'choice', values: ['lost', 'stolen', 'broken', 'claimed_returned'] as readonly IncidentKind[] } as const;
const OUTCOME = { kind: 'choice', values: ['found', 'not_found', 'repaired', 'written_off'] as readonly IncidentOutcome[] } as const;

/** How near a pickup is when its reminder leaves: a night or a Sunday may have held it back. */
const PICKUP_DAYS = ['today', 'tomorrow', 'later'] as const;
export type PickupDay = (typeof PICKUP_DAYS)[number];
const APPEAL_DECISIONS = ['upheld', 'dismissed'] as const;
export type AppealDecision = (typeof APPEAL_DECISIONS)[number];

/** Facts of every notice; the reference is the household's, such as `F-7K3M-2Q`. */
export const COMMON_VARIABLES = { contactName: TEXT, councilName: TEXT, reference: TEXT } as const;

/** One device: what was asked for, and what it is. */
const OFFER = { deviceClass: DEVICE_CLASS, device: DEVICE } as const;
/** Devices of a loan: `devices` has a line each, such as `Lenovo ThinkPad L13, LT-0001`; `items` counts them. */
const LOAN = { loanReference: TEXT, devices: LIST, items: COUNT } as const;

interface Trigger {
  /** Goes alone, at any hour at which the law lets it. */
  readonly urgent: boolean;
  /** Beside the common ones. */
  readonly variables: Readonly<Record<string, Variable>>;
}

/**
 * What people are told about, and the facts that each text may use. The types of facts, the check of templates and the examples in the
 * editor are all made from this table.
 */
export const TRIGGERS = {
  request_received: { urgent: false, variables: { deviceClass: DEVICE_CLASS } },
  request_refused: { urgent: false, variables: { deviceClass: DEVICE_CLASS, reason: TEXT_OR_NULL } },
  appeal_decided: {
    urgent: false,
    variables: { deviceClass: DEVICE_CLASS, decision: { kind: 'choice', values: APPEAL_DECISIONS }, reason: TEXT_OR_NULL },
  },
  /** `missed`: how many offers and pickups the family missed; `until`: when the line waits again by itself. */
  request_suspended: { urgent: false, variables: { deviceClass: DEVICE_CLASS, missed: COUNT, until: DAY_OR_NULL } },
  offer_made: { urgent: true, variables: { ...OFFER, siteName: TEXT, expiresOn: DAY } },
  /** `days` until the last day, which is `expiresOn`: 0 is today. */
  offer_expiring: { urgent: true, variables: { ...OFFER, siteName: TEXT, expiresOn: DAY, days: COUNT } },
  offer_expired: { urgent: false, variables: { ...OFFER, missed: COUNT } },
  /** Staff or stock took it away. */
  offer_withdrawn: { urgent: true, variables: OFFER },
  pickup_booked: { urgent: false, variables: { ...OFFER, siteName: TEXT, pickupAt: INSTANT } },
  pickup_tomorrow: {
    urgent: false,
    variables: { ...OFFER, siteName: TEXT, pickupAt: INSTANT, pickupDay: { kind: 'choice', values: PICKUP_DAYS } },
  },
  /** By staff, by stock, or because the day was closed. `expiresOn`: until when the device is still held; null: the request waits again. */
  pickup_cancelled: { urgent: true, variables: { ...OFFER, siteName: TEXT, pickupAt: INSTANT, expiresOn: DAY_OR_NULL } },
  loan_handed_over: { urgent: false, variables: { ...LOAN, siteName: TEXT, dueOn: DAY } },
  /** Devices still out. `days` until the due day: 0 is today. */
  loan_due: { urgent: false, variables: { ...LOAN, siteName: TEXT, dueOn: DAY, days: COUNT } },
  /** Devices still out. `days` since the due day. */
  loan_overdue: { urgent: false, variables: { ...LOAN, siteName: TEXT, dueOn: DAY, days: COUNT } },
  loan_renewed: { urgent: false, variables: { ...LOAN, dueOn: DAY } },
  loan_recalled: { urgent: true, variables: { ...LOAN, siteName: TEXT, dueOn: DAY } },
  /** `devices` and `items` came back now; `remaining` are still out. */
  loan_returned: { urgent: false, variables: { ...LOAN, remaining: COUNT } },
  incident_opened: { urgent: false, variables: { loanReference: TEXT, device: DEVICE, incidentKind: INCIDENT_KIND } },
  incident_closed: { urgent: false, variables: { loanReference: TEXT, device: DEVICE, incidentKind: INCIDENT_KIND, outcome: OUTCOME } },
  agreement_unsigned: { urgent: false, variables: { ...LOAN, siteName: TEXT } },
  /** What the household said about itself has grown old. */
  need_review_due: { urgent: false, variables: {} },
} as const satisfies Readonly<Record<string, Trigger>>;

export type TriggerName = keyof typeof TRIGGERS;
export const TRIGGER_NAMES = Object.keys(TRIGGERS) as TriggerName[];

interface Values {
  readonly text: string;
  readonly count: number;
  readonly day: Day;
  readonly instant: Date;
  readonly list: readonly string[];
}
type ValueOf<V extends Variable> = V extends { readonly values: readonly (infer Word)[] }
  ? Word
  : V extends { readonly kind: infer Kind extends keyof Values }
    ? Values[Kind] | (V extends { readonly nullable: true } ? null : never)
    : never;
type ValuesOf<Variables extends Readonly<Record<string, Variable>>> = { readonly [Name in keyof Variables]: ValueOf<Variables[Name]> };

export type CommonFacts = ValuesOf<typeof COMMON_VARIABLES>;
/** What a text of a trigger is written from. */
export type FactsOf<Name extends TriggerName> = CommonFacts & ValuesOf<(typeof TRIGGERS)[Name]['variables']>;

/** Every variable of a trigger, by name. */
export function variablesOf(trigger: TriggerName): Readonly<Record<string, Variable>> {
  return { ...COMMON_VARIABLES, ...TRIGGERS[trigger].variables };
}
