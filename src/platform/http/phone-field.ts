import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { normalisePhone } from '../../shared/phone.js';
import { Field } from './field.js';

/** What has no normal form stays, to be refused. */
const asPhone = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (normalisePhone(value) ?? value) : value));

const isPhone = (text: string) => normalisePhone(text) === text;

/** A phone number in whatever form people write it. */
export const PhoneField = (options: object = {}): PropertyDecorator =>
  applyDecorators(
    asPhone,
    Field.shaped('isPhone', isPhone, 'must be the phone number of a person, no short or premium number; one without + is read as French', {
      example: '+33612345678',
      ...options,
    }),
  );
