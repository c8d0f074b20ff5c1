import { Field } from '../../../../platform/http/index.js';
import { type Scope, SCOPES, STAFF_ROLES, type StaffRole } from '../../../councils/index.js';
import { TotpField } from '../../second-factor/dto/totp.dto.js';

export class SessionBody {
  @Field.text({ max: 254, example: 'manager@demo.passerelle.example', about: 'with which the person signs in' })
  email: string;

  @Field.secret({ max: 200, about: 'as it was typed, blanks and all' })
  password: string;

  @TotpField({
    optional: true,
    about: 'six digits of the authenticator app, of who has a second factor: a 401 asks for it with `needs`; each code works once',
  })
  totp?: string;
}

export class SessionView {
  @Field.oneOf(['user', 'client'], { about: 'user: a person; client: a program' })
  kind: 'user' | 'client';

  @Field.uuid({ about: '`user:…` or `client:…`, as the audit trail names the caller' })
  id: string;

  @Field.text({ example: 'Claire Morvan' })
  name: string;

  @Field.text({ nullable: true, example: 'manager@demo.passerelle.example', about: 'null for an API client' })
  email: string | null;

  @Field.uuid()
  councilId: string;

  @Field.oneOf(STAFF_ROLES, { nullable: true, about: 'null for an API client' })
  role: StaffRole | null;

  @Field.uuid({ nullable: true, about: 'the school of a school administrator' })
  schoolId: string | null;

  @Field.uuid({ nullable: true, about: 'the site of a desk agent' })
  siteId: string | null;

  @Field.boolean({ about: 'whether this person signs in with a second factor', example: true })
  totp: boolean;

  @Field.manyOf(SCOPES, { nullable: true, about: 'what an API client may; null for people' })
  scopes: Scope[] | null;

  @Field.texts({ max: 500, about: 'the operations that may be called', example: ['GET /api/v1/schools'] })
  operations: string[];

  @Field.text({ nullable: true, about: 'to be sent as X-CSRF-Token with every write; null for an API client' })
  csrfToken: string | null;
}
