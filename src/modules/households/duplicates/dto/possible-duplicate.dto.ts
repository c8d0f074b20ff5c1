import { Field } from '../../../../platform/http/index.js';
import type { UnsettledDuplicate } from '../possible-duplicates.repository.js';
import type { WrittenHousehold } from '../possible-duplicates.service.js';
import { type Likeness, LIKENESSES } from '../../domain/possible-duplicate.rules.js';
import { HouseholdView, LearnerView } from '../../files/dto/views.dto.js';

const because = {
  about: 'a telephone number, a mailbox, or a child’s name and school that both have',
  example: ['phone'],
};

export class HouseholdNameView {
  @Field.uuid()
  id: string;

  @Field.text({ example: 'F-7K3M-25' })
  reference: string;
}

export class PossibleDuplicateView extends HouseholdNameView {
  @Field.manyOf(LIKENESSES, because)
  because: readonly Likeness[];
}

const duplicates = {
  max: 20,
  optional: true,
  about:
    'other households that may be the same family, within the caller’s reach; nothing was refused; left out of an answer that is made again after a crash',
};

/** A household that was just written. */
export class WrittenHouseholdView extends HouseholdView {
  @Field.nestedList(() => PossibleDuplicateView, duplicates)
  possibleDuplicates?: readonly PossibleDuplicateView[];

  static written({ household, possibleDuplicates }: WrittenHousehold): WrittenHouseholdView {
    return { ...HouseholdView.of(household), possibleDuplicates };
  }
}

/** A learner who was just written. */
export class WrittenLearnerView extends LearnerView {
  @Field.nestedList(() => PossibleDuplicateView, duplicates)
  possibleDuplicates?: readonly PossibleDuplicateView[];

  static writtenIn({ household, possibleDuplicates }: WrittenHousehold, learnerId: string): WrittenLearnerView {
    return { ...LearnerView.in(household, learnerId), possibleDuplicates };
  }
}

export class KeptDuplicateView {
  @Field.uuid()
  id: string;

  @Field.nested(() => HouseholdNameView, { about: 'the later one' })
  household: HouseholdNameView;

  @Field.nested(() => HouseholdNameView, { about: 'the earlier one' })
  other: HouseholdNameView;

  @Field.manyOf(LIKENESSES, because)
  because: readonly Likeness[];

  @Field.instant({ about: 'when it was noticed' })
  foundAt: string;

  static of({ id, household, other, because: likenesses, foundAt }: UnsettledDuplicate): KeptDuplicateView {
    return { id, household, other, because: likenesses, foundAt: foundAt.toISOString() };
  }
}
