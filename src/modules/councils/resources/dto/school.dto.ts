import { PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Field, orNull, PageQuery, Parameter, VersionedView } from '../../../../platform/http/index.js';
import { frenchCode } from '../../../../shared/french-codes.js';
import { isUai, normaliseUai } from '../../../../shared/uai.js';
import { type School, SCHOOL_LEVELS, type SchoolLevel } from '../entities/school.entity.js';

export class SchoolBody {
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (normaliseUai(value) ?? value) : value))
  @Field.shaped('isUai', isUai, 'must be a UAI code: seven digits and their letter', {
    example: '0951099D',
    about: 'UAI code: seven digits and their letter',
  })
  code: string;

  @Field.text({ example: 'Collège Jean Moulin' })
  name: string;

  @Field.oneOf(SCHOOL_LEVELS, { example: 'college', about: 'level of the school' })
  level: SchoolLevel;

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? frenchCode(value) : value))
  @Field.text({ max: 10, ...orNull, about: 'a zero in front that a spreadsheet took away comes back', example: '95500' })
  municipalityCode?: string | null;

  @Field.email({ ...orNull, example: 'ce.0951099d@ac-versailles.fr' })
  email?: string | null;

  @Field.number({ min: 0, max: 1000, ...orNull, about: 'social position index (IPS)', example: 98.4 })
  socialIndex?: number | null;
}

export class SchoolChanges extends PartialType(SchoolBody, { skipNullProperties: false }) {}

export class SchoolsQuery extends PageQuery {
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (normaliseUai(value) ?? value) : value))
  @Parameter.text({ max: 20, about: 'this UAI code, read as it is when a school is made' })
  code?: string;
}

export class SchoolView extends VersionedView {
  @Field.text({ example: '0951099D', about: 'UAI code' })
  code: string;

  @Field.text({ example: 'Collège Jean Moulin' })
  name: string;

  @Field.oneOf(SCHOOL_LEVELS, { example: 'college', about: 'level of the school' })
  level: SchoolLevel;

  @Field.text({ nullable: true, example: '95500' })
  municipalityCode: string | null;

  @Field.text({ nullable: true, example: 'ce.0951099d@ac-versailles.fr' })
  email: string | null;

  @Field.number({ min: 0, max: 1000, nullable: true, about: 'social position index (IPS)', example: 98.4 })
  socialIndex: number | null;

  static of(school: School): SchoolView {
    const { code, name, level, municipalityCode, email, socialIndex } = school;
    return { ...VersionedView.parts(school), code, name, level, municipalityCode, email, socialIndex };
  }
}
