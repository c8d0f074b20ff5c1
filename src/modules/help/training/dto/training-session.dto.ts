import { PartialType, PickType } from '@nestjs/swagger';
import { Field, PageQuery, Parameter, VersionedView } from '../../../../platform/http/index.js';
import { isLanguageTag } from '../../../../shared/language.js';
import type { TrainingSession } from '../training-sessions.repository.js';

const title = { example: 'Premiers pas avec l’ordinateur' } as const;
const places = { example: 8, about: 'most households that may come' } as const;

export class TrainingSessionsQuery extends PageQuery {
  @Parameter.uuid()
  siteId?: string;

  @Parameter.instant({ about: 'those that begin at this instant or later' })
  from?: string;

  @Parameter.instant({ about: 'those that begin before this instant' })
  to?: string;
}

export class TrainingSessionBody {
  @Field.uuid()
  siteId: string;

  @Field.text({ ...title, about: 'what one learns there, in the language of the workshop' })
  title: string;

  @Field.shaped('isLanguage', isLanguageTag, 'must be a language tag such as fr', {
    max: 35,
    example: 'fr',
    about: 'language tag (BCP 47) of what is spoken there',
  })
  language: string;

  @Field.instant({ example: '2026-11-18T16:30:00.000Z', about: 'in the future' })
  startsAt: string;

  @Field.instant({ example: '2026-11-18T18:00:00.000Z', about: 'later, on the same day' })
  endsAt: string;

  @Field.integer({ min: 1, max: 1000, ...places })
  places: number;
}

/** What may change of a workshop; whatever is left out stays. */
export class TrainingSessionChanges extends PartialType(
  PickType(TrainingSessionBody, ['title', 'language', 'startsAt', 'endsAt', 'places'] as const),
  { skipNullProperties: false },
) {
  @Field.boolean({ optional: true, example: false, about: 'true: it does not take place' })
  cancelled?: boolean;
}

export class TrainingSessionView extends VersionedView {
  @Field.uuid()
  siteId: string;

  @Field.text({ ...title, about: 'what one learns there' })
  title: string;

  @Field.text({ example: 'fr', about: 'language tag (BCP 47) of what is spoken there' })
  language: string;

  @Field.instant({ example: '2026-11-18T16:30:00.000Z' })
  startsAt: string;

  @Field.instant({ example: '2026-11-18T18:00:00.000Z' })
  endsAt: string;

  @Field.integer({ min: 1, ...places })
  places: number;

  @Field.integer({ example: 1, about: 'how many places are taken; never more than places' })
  booked: number;

  @Field.instant({ nullable: true, example: null, about: 'when it was cancelled; null: it takes place' })
  cancelledAt: string | null;

  static of(session: TrainingSession): TrainingSessionView {
    const { siteId, title, language, startsAt, endsAt, places, booked, cancelledAt } = session;
    return {
      ...VersionedView.parts(session),
      siteId,
      title,
      language,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      places,
      booked,
      cancelledAt: cancelledAt?.toISOString() ?? null,
    };
  }
}

export class ListedTrainingSessionView extends TrainingSessionView {
  @Field.boolean({ example: false, about: 'whether the family that asks has a place; false for everybody else' })
  hasPlace: boolean;

  static listed(session: TrainingSession & { readonly hasPlace: boolean }): ListedTrainingSessionView {
    return { ...TrainingSessionView.of(session), hasPlace: session.hasPlace };
  }
}
