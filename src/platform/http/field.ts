import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { type Day, EARLIEST_DAY, isDay, isNearDay, LATEST_DAY } from '../../shared/day.js';
import { cleanText, hasForbiddenCharacters } from '../../shared/plain-text.js';
import { asEmail, asKey, isEmailRule, keyRule } from './field-rules.js';

type Shape = Record<string, unknown>;

interface Options {
  /** What the field means, where its name does not say it. */
  readonly about?: string;
  readonly example?: unknown;
  /** May be null. */
  readonly nullable?: boolean;
  /** May be left out. */
  readonly optional?: boolean;
}

/** For a field of a body that may be null or left out, which mean the same. */
export const orNull = { nullable: true, optional: true } as const;

const plainText = {
  name: 'isPlainText',
  validator: {
    validate: (value: unknown) => typeof value !== 'string' || !hasForbiddenCharacters(value),
    defaultMessage: () => 'must not contain control characters',
  },
};
const noForbiddenCharacters = ValidateBy(plainText);

/** Text arrives in one normal form, without blanks around it. */
const cleaned = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && !hasForbiddenCharacters(value) ? cleanText(value) : value,
);

const isDayRule = ValidateBy({
  name: 'isDay',
  validator: { validate: (value) => typeof value === 'string' && isDay(value), defaultMessage: () => 'must be a day such as 2026-11-02' },
});

const FROM_TO = `from ${EARLIEST_DAY} to ${LATEST_DAY}`;

/** Of a day, or of what begins with one: what is none has its own fault. */
const isNear = (value: unknown) => typeof value !== 'string' || !isDay(value.slice(0, 10)) || isNearDay(value.slice(0, 10) as Day);
const isNearRule = ValidateBy({ name: 'isNear', validator: { validate: isNear, defaultMessage: () => `must lie ${FROM_TO}` } });

/** One declaration a field: its validation, and its place in the OpenAPI document. */
function field(rules: PropertyDecorator[], schema: Shape, { about, example, nullable, optional }: Options): PropertyDecorator {
  const presence =
    nullable || optional
      ? ValidateIf((_, value) => !((nullable && value === null) || (optional && value === undefined)))
      : IsDefined({ message: 'must be given' });
  const documentation = { ...schema, nullable: nullable ?? false, required: !optional, description: about, example } as ApiPropertyOptions;
  return applyDecorators(presence, ...rules, ApiProperty(documentation));
}

const text = ({ min = 1, max = 200, ...options }: Options & { min?: number; max?: number } = {}) =>
  field(
    [
      cleaned,
      IsString({ message: 'must be text' }),
      MinLength(min, { message: min === 1 ? 'must not be empty' : undefined }),
      MaxLength(max),
      noForbiddenCharacters,
    ],
    { type: String, minLength: min, maxLength: max },
    options,
  );

/** A key: what is invisible is taken out, and a word for nothing, such as `n/a`, is none: null where the field may be. */
const key = ({ max = 100, ...options }: Options & { max?: number } = {}) =>
  field(
    [
      asKey(options.nullable === true),
      IsString({ message: 'must be text' }),
      MinLength(1, { message: 'must not be empty' }),
      MaxLength(max),
      keyRule('FORBIDDEN_CHARACTERS'),
      keyRule('SCIENTIFIC_NOTATION'),
    ],
    { type: String, minLength: 1, maxLength: max },
    options,
  );

/** Ids are compared as text: in one spelling, as the database gives them. */
const inSmallLetters = Transform(({ value }: { value: unknown }) => {
  if (Array.isArray(value)) return value.map((each: unknown) => (typeof each === 'string' ? each.toLowerCase() : each));
  return typeof value === 'string' ? value.toLowerCase() : value;
});

type Length = { min?: number; max?: number };

const asTyped = ({ min = 1, max = 200, ...options }: Options & Length, schema: Shape) =>
  field(
    [
      IsString({ message: 'must be text' }),
      MinLength(min, { message: min === 1 ? 'must not be empty' : undefined }),
      MaxLength(max),
      noForbiddenCharacters,
    ],
    { type: String, ...schema, minLength: min, maxLength: max },
    options,
  );

/** A password or a token: kept as it was typed, blanks and all. */
const secret = (options: Options & Length = {}) => asTyped(options, { format: 'password' });

/** A name that the caller gives to something and finds in the answer: kept as it was typed. */
const label = (options: Options & Length = {}) => asTyped(options, {});

const uuid = (options: Options = {}) =>
  field(
    [inSmallLetters, IsUUID('loose', { message: 'must be a UUID' })],
    { type: String, format: 'uuid' },
    { example: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10', ...options },
  );

const day = (options: Options = {}) =>
  field(
    [isDayRule, isNearRule],
    { type: String, format: 'date', 'x-format-minimum': EARLIEST_DAY, 'x-format-maximum': LATEST_DAY },
    { example: '2026-11-02', ...options },
  );

/** RFC 3339: ISO 8601 would also take weeks, months and times without a zone. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;
const isInstantRule = ValidateBy({
  name: 'isInstant',
  validator: {
    validate: (value) => typeof value === 'string' && INSTANT.test(value) && isDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value)),
    defaultMessage: () => 'must be an instant such as 2026-11-02T08:00:00Z',
  },
});

const instant = (options: Options = {}) =>
  field(
    [isInstantRule, isNearRule],
    {
      type: String,
      format: 'date-time',
      'x-format-minimum': `${EARLIEST_DAY}T00:00:00Z`,
      'x-format-maximum': `${LATEST_DAY}T23:59:59.999Z`,
    },
    { example: '2026-11-02T08:00:00.000Z', ...options },
  );

const integer = ({ min = 0, max = 2_147_483_647, ...options }: Options & { min?: number; max?: number } = {}) =>
  field([IsInt({ message: 'must be a whole number' }), Min(min), Max(max)], { type: 'integer', minimum: min, maximum: max }, options);

/** Any number, such as a share. */
const number = ({ min, max, ...options }: Options & { min: number; max: number }) =>
  field([IsNumber({}, { message: 'must be a number' }), Min(min), Max(max)], { type: Number, minimum: min, maximum: max }, options);

const integerOf = (values: readonly number[], options: Options = {}) =>
  field([IsIn([...values], { message: `must be one of ${values.join(', ')}` })], { type: 'integer', enum: [...values] }, options);

const boolean = (options: Options = {}) => field([IsBoolean({ message: 'must be true or false' })], { type: Boolean }, options);

const oneOf = (values: readonly string[], options: Options = {}) =>
  field([IsIn([...values], { message: `must be one of ${values.join(', ')}` })], { type: String, enum: [...values] }, options);

/** Text in a form that a function knows. */
const shaped = (name: string, isRight: (value: string) => boolean, message: string, options: Options & { max?: number } = {}) =>
  field(
    [
      cleaned,
      IsString({ message: 'must be text' }),
      MaxLength(options.max ?? 200),
      noForbiddenCharacters,
      ValidateBy({ name, validator: { validate: (value) => typeof value === 'string' && isRight(value), defaultMessage: () => message } }),
    ],
    { type: String, maxLength: options.max ?? 200 },
    options,
  );

const email = (options: Options = {}) =>
  field([asEmail, isEmailRule, MaxLength(254), noForbiddenCharacters], { type: String, format: 'email', maxLength: 254 }, options);

/** For an object or a list of them: each is read by itself (`reading.ts`), within the limits that are written here. */
const part = (schema: Shape, { about, example, nullable, optional }: Options) =>
  ApiProperty({ ...schema, nullable: nullable ?? false, required: !optional, description: about, example });

// Swagger knows a class that is given later by the function's name, `type`.
const nested = (type: () => new () => object, options: Options = {}) => part({ type: () => type() }, options);

type Size = { min?: number; max?: number };

const nestedList = (type: () => new () => object, { min = 0, max = 100, ...options }: Options & Size = {}) =>
  part({ type: () => type(), isArray: true, minItems: min, maxItems: max }, options);

const listOf = (rules: PropertyDecorator[], items: Shape, { min = 0, max = 100, ...options }: Options & Size) =>
  field(
    [IsArray({ message: 'must be a list' }), ArrayMinSize(min), ArrayMaxSize(max), ...rules],
    { type: 'array', items, minItems: min, maxItems: max },
    options,
  );

const uuids = (options: Options & Size = {}) =>
  listOf(
    [inSmallLetters, IsUUID('loose', { each: true, message: 'must be a list of UUIDs' })],
    { type: 'string', format: 'uuid' },
    options,
  );

const days = (options: Options & Size = {}) =>
  listOf(
    [
      ValidateBy(
        { name: 'isDay', validator: { validate: (value) => typeof value === 'string' && isDay(value) } },
        { each: true, message: 'must be a list of days such as 2026-11-02' },
      ),
      ValidateBy({ name: 'isNear', validator: { validate: isNear } }, { each: true, message: `must be a list of days ${FROM_TO}` }),
    ],
    { type: 'string', format: 'date' },
    options,
  );

const manyOf = (values: readonly string[], options: Options & Size = {}) =>
  listOf(
    [IsIn([...values], { each: true, message: `must be a list of ${values.join(', ')}` })],
    { type: 'string', enum: [...values] },
    options,
  );

const texts = (options: Options & Size & { maxLength?: number } = {}) =>
  listOf(
    [
      IsString({ each: true, message: 'must be a list of texts' }),
      MaxLength(options.maxLength ?? 200, { each: true }),
      ValidateBy(plainText, { each: true }),
    ],
    { type: 'string', maxLength: options.maxLength ?? 200 },
    options,
  );

/** The file of a form (`TakesForm`): its bytes go their own way, and here stands only that it came. */
const file = (options: Options = {}) =>
  field(
    [ValidateBy({ name: 'isFile', validator: { validate: (value) => value === true, defaultMessage: () => 'must be a file' } })],
    { type: 'string', format: 'binary' },
    options,
  );

/** Fields of bodies and answers. */
export const Field = {
  text,
  key,
  secret,
  label,
  uuid,
  day,
  instant,
  integer,
  integerOf,
  number,
  boolean,
  email,
  oneOf,
  shaped,
  nested,
  nestedList,
  uuids,
  days,
  manyOf,
  texts,
  file,
};

const toNumber = Type(() => Number);
const toBoolean = Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));

/** Parameters of a query: always optional, and text on the wire. */
export const Parameter = {
  text: (options: Options & { min?: number; max?: number } = {}) => text({ ...options, optional: true }),
  uuid: (options: Options = {}) => uuid({ ...options, optional: true }),
  day: (options: Options = {}) => day({ ...options, optional: true }),
  instant: (options: Options = {}) => instant({ ...options, optional: true }),
  oneOf: (values: readonly string[], options: Options = {}) => oneOf(values, { ...options, optional: true }),
  integer: (options: Options & { min?: number; max?: number } = {}) => applyDecorators(toNumber, integer({ ...options, optional: true })),
  shaped: (name: string, isRight: (value: string) => boolean, message: string, options: Options & { max?: number } = {}) =>
    shaped(name, isRight, message, { ...options, optional: true }),
  boolean: (options: Options = {}) => applyDecorators(toBoolean, boolean({ ...options, optional: true })),
  /** `q` of a search. */
  search: (options: Options = {}) => text({ min: 3, max: 100, ...options, optional: true }),
};
