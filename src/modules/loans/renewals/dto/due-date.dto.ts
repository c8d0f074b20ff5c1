import { Example, Field, orNull } from '../../../../platform/http/index.js';
import type { Day } from '../../../../shared/day.js';
import type { Renewal } from '../renewal.service.js';
import { OverrideBody } from '../../hand-over/dto/hand-over.dto.js';

/** Empty: by the policy's days. Or a day, with its reason. */
@Example({})
export class RenewalBody {
  @Field.day({ ...orNull, about: 'later than the present due day; kept as it is' })
  dueOn?: Day | null;

  @Field.text({ max: 2000, ...orNull, example: 'The training course was prolonged', about: 'needed with dueOn' })
  reason?: string | null;

  @Field.nested(() => OverrideBody, { ...orNull, about: 'overrides the reasons that may be overridden, for those who may; null: none is' })
  override?: OverrideBody | null;

  static toRenewal({ dueOn, reason, override }: RenewalBody): Renewal {
    return { dueOn: dueOn ?? null, reason: reason ?? null, override: override ?? null };
  }
}

export class DueDateBody {
  @Field.day({ about: 'today or later; kept as it is' })
  dueOn: Day;

  @Field.text({ max: 2000, example: 'The training course was prolonged', about: 'why: the history keeps it' })
  reason: string;
}

export class RecallBody {
  @Field.day({ about: 'from today to the present due day' })
  dueOn: Day;

  @Field.text({ max: 2000, example: 'This model is recalled by its maker', about: 'why: the history keeps it' })
  reason: string;
}
