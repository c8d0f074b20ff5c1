import { PartialType } from '@nestjs/swagger';
import { Field, orNull, PageQuery, Parameter, VersionedView } from '../../../../platform/http/index.js';
import { BORROWER_CATEGORIES, type BorrowerCategory } from '../../../../shared/vocabulary.js';
import { TimeRangeBody, TimeRangeView, WorkBody, WorkView } from '../../../households/http.js';
import type { SchoolProfileRow } from '../entities/school-profile.entity.js';

export class SchoolProfileBody {
  @Field.uuid({ ...orNull, about: 'null: of every school of the council that has none of its own' })
  schoolId?: string | null;

  @Field.oneOf(BORROWER_CATEGORIES, { example: 'college' })
  level: BorrowerCategory;

  @Field.text({ ...orNull, about: 'null: of every class of the level; capitals do not count', example: '4e B' })
  className?: string | null;

  @Field.nestedList(() => TimeRangeBody, { max: 100, about: 'lessons at fixed times' })
  live: TimeRangeBody[];

  @Field.nestedList(() => WorkBody, { max: 7, about: 'other work, once a weekday' })
  work: WorkBody[];
}

export class SchoolProfileChanges extends PartialType(SchoolProfileBody, { skipNullProperties: false }) {}

export class SchoolProfilesQuery extends PageQuery {
  @Parameter.uuid()
  schoolId?: string;
}

export class SchoolProfileView extends VersionedView {
  @Field.uuid({ nullable: true, about: 'null: every school that has none of its own' })
  schoolId: string | null;

  @Field.oneOf(BORROWER_CATEGORIES, { example: 'college' })
  level: BorrowerCategory;

  @Field.text({ nullable: true, example: '4e B', about: 'null: every class of the level' })
  className: string | null;

  @Field.nestedList(() => TimeRangeView)
  live: readonly TimeRangeView[];

  @Field.nestedList(() => WorkView)
  work: readonly WorkView[];

  static of(profile: SchoolProfileRow): SchoolProfileView {
    const { schoolId, level, className, live, work } = profile;
    return { ...VersionedView.parts(profile), schoolId, level, className, live, work };
  }
}
