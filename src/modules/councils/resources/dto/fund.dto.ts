import { PartialType } from '@nestjs/swagger';
import { Field, orNull, VersionedView } from '../../../../platform/http/index.js';
import type { Day } from '../../../../shared/day.js';
import { BORROWER_CATEGORIES, type BorrowerCategory } from '../../../../shared/vocabulary.js';
import type { Fund } from '../entities/fund.entity.js';

const levels = {
  max: BORROWER_CATEGORIES.length,
  about: 'levels of the learners who may have its devices; null: all',
  example: ['college'],
} as const;
const schools = { max: 2000, about: 'schools whose learners may have its devices; null: all', example: null } as const;
const cents = { max: Number.MAX_SAFE_INTEGER, about: 'in cents of the council’s currency', example: 5000000 } as const;

export class FundBody {
  @Field.text({ example: 'Département 2026' })
  name: string;

  @Field.text({ max: 100, about: 'who pays', example: 'departement' })
  funder: string;

  @Field.manyOf(BORROWER_CATEGORIES, { ...orNull, min: 1, ...levels })
  eligibleLevels?: BorrowerCategory[] | null;

  @Field.uuids({ ...orNull, min: 1, ...schools })
  eligibleSchoolIds?: string[] | null;

  @Field.day({ ...orNull, example: '2026-01-01', about: 'its first day; null: it has none' })
  startsOn?: Day | null;

  @Field.day({ ...orNull, example: null, about: 'its last day; null: it has none' })
  endsOn?: Day | null;

  @Field.integer({ ...orNull, ...cents })
  budgetCents?: number | null;
}

export class FundChanges extends PartialType(FundBody, { skipNullProperties: false }) {}

export class FundView extends VersionedView {
  @Field.text({ example: 'Département 2026' })
  name: string;

  @Field.text({ example: 'departement', about: 'who pays' })
  funder: string;

  @Field.manyOf(BORROWER_CATEGORIES, { nullable: true, ...levels })
  eligibleLevels: BorrowerCategory[] | null;

  @Field.uuids({ nullable: true, ...schools })
  eligibleSchoolIds: string[] | null;

  @Field.day({ nullable: true, example: '2026-01-01', about: 'its first day; null: it has none' })
  startsOn: Day | null;

  @Field.day({ nullable: true, example: null, about: 'its last day; null: it has none' })
  endsOn: Day | null;

  @Field.integer({ nullable: true, ...cents })
  budgetCents: number | null;

  static of(fund: Fund): FundView {
    const { name, funder, eligibleLevels, eligibleSchoolIds, startsOn, endsOn, budgetCents } = fund;
    return {
      ...VersionedView.parts(fund),
      name,
      funder,
      startsOn,
      endsOn,
      budgetCents,
      eligibleLevels: eligibleLevels && [...eligibleLevels],
      eligibleSchoolIds: eligibleSchoolIds && [...eligibleSchoolIds],
    };
  }
}
