import { Field, PageQuery, Parameter } from '../../../../platform/http/index.js';
import { states } from '../../../../shared/machine.js';
import { DEVICE_CLASSES, type DeviceClass } from '../../../../shared/vocabulary.js';
import type { WithHousehold } from '../../../households/index.js';
import { HouseholdCardField, type HouseholdCardView } from '../../../households/http.js';
import { requestLineMachine, type RequestLineState } from '../../../requests/index.js';
import { REVIEW_REASONS, type ReviewItem, type ReviewReason } from '../review-list.repository.js';

const CLASSES = Object.keys(DEVICE_CLASSES);

export class ReviewListQuery extends PageQuery {
  @Parameter.oneOf(REVIEW_REASONS)
  reason?: ReviewReason;

  @Parameter.oneOf(CLASSES)
  class?: DeviceClass;

  @Parameter.uuid({ about: 'of the line’s first learner, else of the household’s first learner, else of the household' })
  schoolId?: string;
}

export class ReviewItemView {
  @Field.uuid()
  lineId: string;

  @Field.uuid()
  householdId: string;

  @HouseholdCardField()
  household: HouseholdCardView | null;

  @Field.oneOf(CLASSES, { example: 'computer' })
  class: DeviceClass;

  @Field.oneOf(states(requestLineMachine), { example: 'waiting', about: 'where the line stands' })
  state: RequestLineState;

  @Field.manyOf(REVIEW_REASONS, {
    min: 1,
    example: ['WAITING_TOO_LONG'],
    about:
      'it has waited longer than the policy’s maximum; no contact that is to be notified has a telephone or an address; no notice of its last offer reached anybody; its appeal is undecided; missed offers suspended it',
  })
  reasons: ReviewReason[];

  @Field.instant({ about: 'when it was submitted' })
  waitingSince: string;

  @Field.integer({ example: 112, about: 'of the council’s calendar, suspended ones left out, up to the day to which the ranking counts' })
  waitingDays: number;

  static of(item: ReviewItem & WithHousehold): ReviewItemView {
    const { lineId, householdId, household, class: of, state, reasons, waitingSince, waitingDays } = item;
    return {
      lineId,
      householdId,
      household,
      class: of,
      state,
      reasons: [...reasons],
      waitingSince: waitingSince.toISOString(),
      waitingDays,
    };
  }
}
