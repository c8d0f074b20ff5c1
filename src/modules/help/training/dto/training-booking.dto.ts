import { Field, IdPath } from '../../../../platform/http/index.js';
import type { WithHousehold } from '../../../households/index.js';
import { HouseholdCardField, HouseholdCardView } from '../../../households/http.js';
import type { TrainingBooking } from '../training-bookings.repository.js';

export class TrainingBookingPath extends IdPath {
  @Field.uuid()
  householdId: string;
}

export class TrainingBookingBody {
  @Field.uuid({ about: 'a family names its own household' })
  householdId: string;
}

export class TrainingBookingView {
  @Field.uuid({ about: 'the workshop' })
  sessionId: string;

  @Field.uuid()
  householdId: string;

  @HouseholdCardField()
  household: HouseholdCardView | null;

  @Field.text({ example: 'user:0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10', about: '`user:…`, `client:…` or `contact:…`' })
  bookedBy: string;

  @Field.instant({ about: 'when the place was taken' })
  bookedAt: string;

  static of({ sessionId, householdId, household, bookedBy, bookedAt }: TrainingBooking & WithHousehold): TrainingBookingView {
    return { sessionId, householdId, household, bookedBy, bookedAt: bookedAt.toISOString() };
  }
}
