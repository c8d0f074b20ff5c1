import { Field, PageQuery, Parameter, VersionedView } from '../../../../platform/http/index.js';
import { type Day, dayIn } from '../../../../shared/day.js';
import type { Fault } from '../../../../shared/denial.js';
import { states } from '../../../../shared/machine.js';
import {
  BORROWER_CATEGORIES,
  type BorrowerCategory,
  DEVICE_CATEGORIES,
  DEVICE_CLASSES,
  DEVICE_CONDITIONS,
  type DeviceCategory,
  type DeviceClass,
  type DeviceCondition,
} from '../../../../shared/vocabulary.js';
import type { WithHousehold } from '../../../households/index.js';
import { HouseholdCardField, type HouseholdCardView } from '../../../households/http.js';
import { isOverdue } from '../../domain/due-day.rules.js';
import { loanItemMachine, type LoanItemState, type LoanState } from '../../domain/loan-item.machine.js';
import { LOAN_EVENT_KINDS, type LoanEventKind } from '../../record/loan-event.js';
import type { LoanSearch } from '../find-loans.service.js';
import type { LoanEventRecord, LoanItemRecord, LoanRecord } from '../loan-readings.repository.js';
import { AgreementBody } from '../../hand-over/dto/hand-over.dto.js';

/** Of what was signed for a loan, shown with it; the loan's history has all. */
const MOST_AGREEMENTS = 100;

const LOAN_STATES = ['open', 'closed'] as const satisfies LoanState[];

export class LoansQuery extends PageQuery {
  @Parameter.oneOf(LOAN_STATES)
  state?: LoanState;

  @Parameter.boolean({ about: 'open loans whose due day and grace have passed today; false: all others' })
  overdue?: boolean;

  @Parameter.uuid()
  householdId?: string;

  @Parameter.uuid({ about: 'where it was handed over' })
  siteId?: string;

  @Parameter.day({ about: 'due before this day' })
  dueBefore?: Day;

  @Parameter.boolean({ about: 'loans whose agreement is to be signed, since the loan policy names a text that was not; false: all others' })
  agreementUnsigned?: boolean;

  @Parameter.oneOf(Object.keys(DEVICE_CLASSES), { about: 'with a device of this class' })
  class?: DeviceClass;

  @Parameter.oneOf(BORROWER_CATEGORIES, { about: 'for a learner of this level' })
  level?: BorrowerCategory;

  @Parameter.uuid({ about: "of this school: the household's own, or one of its learners'" })
  schoolId?: string;

  @Parameter.text({ max: 50, about: 'for a learner of this class of a school, such as `4e B`; needs schoolId' })
  className?: string;

  @Parameter.day({ about: 'something of it came back on this day or later' })
  returnedFrom?: Day;

  @Parameter.day({ about: 'something of it came back on this day or earlier' })
  returnedTo?: Day;

  static toSearch(query: LoansQuery): LoanSearch {
    const { state, overdue, householdId, siteId, dueBefore, agreementUnsigned, level, schoolId, className, returnedFrom, returnedTo } =
      query;
    return {
      state,
      overdue,
      householdId,
      siteId,
      dueBefore,
      agreementUnsigned,
      class: query.class,
      level,
      schoolId,
      className,
      returnedFrom,
      returnedTo,
    };
  }

  /** Two schools may have a class of one name. */
  static faults({ className, schoolId }: LoansQuery): Fault[] {
    return className !== undefined && schoolId === undefined
      ? [{ pointer: '/schoolId', code: 'REQUIRED', message: 'must be given with className' }]
      : [];
  }
}

export class LoanItemView {
  @Field.uuid()
  id: string;

  @Field.uuid()
  deviceId: string;

  @Field.text({ example: 'LT-0001' })
  assetTag: string;

  @Field.oneOf(DEVICE_CATEGORIES, { example: 'laptop' })
  category: DeviceCategory;

  @Field.uuid({ nullable: true, about: 'the line that it fulfilled' })
  requestLineId: string | null;

  @Field.oneOf(states(loanItemMachine), { example: 'on_loan', about: 'on_loan, or how it was settled' })
  state: LoanItemState;

  @Field.oneOf(DEVICE_CONDITIONS, { example: 'good' })
  conditionOut: DeviceCondition;

  @Field.oneOf(DEVICE_CONDITIONS, { nullable: true, example: null })
  conditionIn: DeviceCondition | null;

  @Field.instant({ nullable: true })
  returnedAt: string | null;

  @Field.day({ nullable: true, about: 'the day on which the family said that it is back; null: it did not, or that is settled' })
  claimedReturnedOn: Day | null;

  static of({ returnedAt, ...item }: LoanItemRecord): LoanItemView {
    return { ...item, returnedAt: returnedAt && new Date(returnedAt).toISOString() };
  }
}

export class LoanView extends VersionedView {
  @Field.text({ example: 'L-7K3M-25', about: 'what people read out and type' })
  reference: string;

  @Field.uuid()
  householdId: string;

  @Field.uuid({ about: 'where it was handed over' })
  siteId: string;

  @Field.oneOf(LOAN_STATES, { example: 'open', about: 'open until every item is settled' })
  state: LoanState;

  @Field.instant()
  handedOverAt: string;

  @Field.day()
  dueOn: Day;

  @Field.integer({ example: 3, about: 'days after the due day before it is overdue, as signed' })
  graceDays: number;

  @Field.boolean({ example: false, about: 'open, and today is later than the due day and the grace days' })
  overdue: boolean;

  @Field.day({ nullable: true, about: 'the day on which it was last asked back' })
  recalledOn: Day | null;

  @Field.integer({ example: 0, about: 'how often it was renewed' })
  renewals: number;

  @Field.nested(() => AgreementBody, { about: 'what was signed last' })
  agreement: AgreementBody;

  @Field.nestedList(() => AgreementBody, {
    max: MOST_AGREEMENTS,
    about: `what was signed before, from the oldest; of more than ${MOST_AGREEMENTS} the newest`,
  })
  earlierAgreements: AgreementBody[];

  @Field.instant({ nullable: true, about: 'since when the loan policy names a text for it that nobody has signed' })
  agreementUnsignedSince: string | null;

  @Field.texts({ nullable: true, example: null, about: 'the texts that are to be signed' })
  agreementTermsAsked: string[] | null;

  @Field.instant({ nullable: true })
  closedAt: string | null;

  @Field.nestedList(() => LoanItemView, { about: 'each device, settled one by one' })
  items: LoanItemView[];

  static of(loan: LoanRecord, now: Date): LoanView {
    const { reference, householdId, siteId, state, dueOn, graceDays, recalledOn, renewals, agreement } = loan;
    return {
      ...VersionedView.parts(loan),
      reference,
      householdId,
      siteId,
      state,
      dueOn,
      graceDays,
      recalledOn,
      renewals,
      agreement,
      handedOverAt: loan.handedOverAt.toISOString(),
      overdue: isOverdue(loan, graceDays, dayIn(now, loan.timeZone)),
      earlierAgreements: loan.earlierAgreements.slice(-MOST_AGREEMENTS),
      agreementUnsignedSince: loan.agreementUnsignedSince?.toISOString() ?? null,
      agreementTermsAsked: loan.agreementTermsAsked && [...loan.agreementTermsAsked],
      closedAt: loan.closedAt?.toISOString() ?? null,
      items: loan.items.map(LoanItemView.of),
    };
  }
}

/** A loan as lists show it. */
export class ListedLoanView extends LoanView {
  @HouseholdCardField()
  household: HouseholdCardView | null;

  static override of(loan: LoanRecord & WithHousehold, now: Date): ListedLoanView {
    return Object.assign(LoanView.of(loan, now), { household: loan.household });
  }
}

export class LoanEventView {
  @Field.uuid()
  id: string;

  @Field.instant()
  at: string;

  @Field.text({ example: 'user:0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10' })
  actor: string;

  @Field.oneOf(LOAN_EVENT_KINDS, { example: 'handed_over', about: 'what happened' })
  kind: LoanEventKind;

  @Field.uuid({ nullable: true })
  itemId: string | null;

  @Field.uuid({ nullable: true })
  incidentId: string | null;

  @Field.day({ nullable: true, about: 'the due day since then' })
  dueOn: Day | null;

  @Field.texts({ nullable: true, example: ['OTHERS_ARE_WAITING'], about: 'the reasons that were overridden' })
  codes: string[] | null;

  @Field.texts({ nullable: true, example: null })
  missingAccessories: string[] | null;

  @Field.text({ nullable: true, max: 100, example: null, about: 'the agreement text that was signed' })
  termsVersion: string | null;

  @Field.text({ nullable: true, max: 2000, example: null, about: 'somebody’s own words' })
  reason: string | null;

  static of({ ordinal: _ordinal, at, codes, missingAccessories, ...event }: LoanEventRecord): LoanEventView {
    return {
      ...event,
      at: at.toISOString(),
      codes: codes && [...codes],
      missingAccessories: missingAccessories && [...missingAccessories],
    };
  }
}
