import type { Day } from '../../../shared/day.js';
import { refusalsHolding, type Refusal, type RefusalTable } from '../../../shared/refusal.js';
import type { DeviceClass } from '../../../shared/vocabulary.js';
import type { DeviceStatus } from '../../inventory/index.js';
import { fundAdmits, type Fund, type Learner } from '../../../shared/pool.js';
import { signingInstruction } from './agreement.rules.js';
import { isBeyondLimit, type LimitPolicy, PROMISE_REFUSALS } from '../../../shared/promise.js';

/** Reasons against a hand-over, in the order in which the API lists them. */
export const HAND_OVER_REFUSALS = {
  DEVICE_NOT_AVAILABLE: { overridable: false, message: 'A device cannot be lent now; take another, or see its status in the inventory.' },
  DEVICE_RESERVED_FOR_ANOTHER: { overridable: false, message: 'A device is held for another household; take another.' },
  DEVICE_AT_ANOTHER_SITE: { overridable: false, message: 'A device is registered at another site; send it here first.' },
  AGREEMENT_MISSING: { overridable: false, message: 'Nobody has signed the agreement; have it signed first.' },
  AGREEMENT_NOT_IN_FORCE: { overridable: false, message: 'Another agreement text was signed than the loan policy names.' },
  OTHERS_ARE_WAITING: { overridable: true, message: 'Families ahead in the queue need the devices that are left.' },
  FUND_NOT_ELIGIBLE: { overridable: true, message: 'The fund that paid for a device is not for any of these learners today.' },
  LINE_HAS_NO_LEARNER: { overridable: true, message: PROMISE_REFUSALS.LINE_HAS_NO_LEARNER.message },
  HOUSEHOLD_LIMIT_REACHED: { overridable: true, message: 'The household would have more items of this kind than the policy allows.' },
  HOUSEHOLD_HAS_OVERDUE_LOAN: { overridable: true, message: 'The household has an overdue loan; have it returned or renewed first.' },
  DUE_DATE_BEYOND_POLICY: { overridable: true, message: 'The due day is later than the policy allows; choose an earlier one.' },
} as const satisfies RefusalTable;
export type HandOverRefusal = keyof typeof HAND_OVER_REFUSALS;

/** One device that is to be handed over, with what the decision reads about it. */
export interface HandOverItem {
  readonly deviceId: string;
  readonly class: DeviceClass;
  readonly status: DeviceStatus;
  readonly siteId: string;
  /** The household for whose line it is reserved; null when it is not reserved. */
  readonly reservedFor: string | null;
  readonly fund: Fund | null;
  /** Whether it fulfils a line. */
  readonly isForLine: boolean;
  /** The learners for whom it is: those of the line who are still in the household, or those of the household when it fulfils no line. */
  readonly learners: readonly Learner[];
  readonly pool: PoolCount;
  readonly policy: LimitPolicy;
}

/** The numbers of a device's pool before the hand-over; `id` names the pool. */
export interface PoolCount {
  readonly id: string;
  /** How many devices are available, including those held for this household's lines that the hand-over frees. */
  readonly available: number;
  /**
   * How many waiting lines ahead of this household's the pool could serve; all waiting lines when it has none in the queue. When there are
   * fewer devices than such lines, only lines of families who may be promised a device count.
   */
  readonly linesAhead: number;
}

export interface HandOverFacts {
  readonly siteId: string;
  readonly today: Day;
  readonly agreement: {
    /** The text that was signed; null when none was. */
    readonly signed: string | null;
    /** The texts that the policies of the items name. */
    readonly wanted: readonly string[];
  };
  readonly dueOn: Day;
  /** The latest due day that the policy allows. */
  readonly dueOnByPolicy: Day;
  readonly household: {
    readonly id: string;
    readonly learners: number;
    readonly overdueLoans: number;
    /** The items that are out on loan before this hand-over. */
    readonly itemsOut: Readonly<Record<DeviceClass, number>>;
  };
  readonly items: readonly HandOverItem[];
}

/** Returns every reason against a hand-over, each once, however many devices it concerns; an empty list when it may take place. */
export function handOverRefusals({ household, items, ...loan }: HandOverFacts): Refusal<HandOverRefusal>[] {
  const unheld = unheldItems(items, household.id);
  return refusalsHolding(HAND_OVER_REFUSALS, {
    DEVICE_NOT_AVAILABLE:
      items.some(({ status }) => status !== 'available' && status !== 'reserved') ||
      new Set(items.map(({ deviceId }) => deviceId)).size < items.length,
    DEVICE_RESERVED_FOR_ANOTHER: unheld.some(({ status }) => status === 'reserved'),
    DEVICE_AT_ANOTHER_SITE: items.some(({ siteId }) => siteId !== loan.siteId),
    ...agreementHolding(loan.agreement),
    OTHERS_ARE_WAITING: itemsPassingOver(items, household.id).length > 0,
    FUND_NOT_ELIGIBLE: items.some(({ fund, learners }) => !fundAdmits(fund, learners, loan.today)),
    LINE_HAS_NO_LEARNER: items.some(({ isForLine, learners }) => isForLine && learners.length === 0),
    HOUSEHOLD_LIMIT_REACHED: items.some(({ class: of, policy }) => {
      const more = items.filter((other) => other.class === of).length;
      return isBeyondLimit({ itemsOut: household.itemsOut[of], learners: household.learners }, more, policy);
    }),
    HOUSEHOLD_HAS_OVERDUE_LOAN: household.overdueLoans > 0,
    DUE_DATE_BEYOND_POLICY: loan.dueOn > loan.dueOnByPolicy,
  });
}

/** A loan has one agreement: devices that want different texts are handed over in separate loans. */
function agreementHolding({ signed, wanted }: HandOverFacts['agreement']) {
  const isWanted = wanted.every((terms) => terms === signed);
  const toDo = `${signingInstruction(wanted)}${new Set(wanted).size > 1 ? ': hand these devices over as a loan for each text' : ' first'}.`;
  return {
    AGREEMENT_MISSING: signed === null && `Nobody has signed the agreement; ${toDo}`,
    AGREEMENT_NOT_IN_FORCE: signed !== null && !isWanted && `The agreement that was signed, "${signed}", does not hold here; ${toDo}`,
  };
}

/** Returns the items from pools whose devices are needed by lines that wait ahead. */
export function itemsPassingOver(items: readonly HandOverItem[], householdId: string): HandOverItem[] {
  const unheld = unheldItems(items, householdId);
  return unheld.filter(({ pool }) => othersAreWaiting(pool, unheld.filter((item) => item.pool.id === pool.id).length));
}

function unheldItems(items: readonly HandOverItem[], householdId: string): HandOverItem[] {
  return items.filter(({ status, reservedFor }) => status !== 'reserved' || reservedFor !== householdId);
}

/** Whether a pool, after `taken` of its devices are gone, has fewer devices than lines ahead that it could serve. */
export function othersAreWaiting({ available, linesAhead }: Omit<PoolCount, 'id'>, taken: number): boolean {
  return available - taken < linesAhead;
}
