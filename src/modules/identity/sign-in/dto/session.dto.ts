import { Field } from '../../../../platform/http/index.js';
import { type Role, ROLES, type Scope, SCOPES } from '../../../councils/index.js';
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
  @Field.oneOf(['user', 'client', 'family'], {
    about: 'user: a person of the council; client: a program; family: a contact of a household',
  })
  kind: 'user' | 'client' | 'family';

  @Field.uuid({ about: 'of the person, the client or the contact; the audit trail names the caller `user:…`, `client:…` or `contact:…`' })
  id: string;

  @Field.text({ nullable: true, example: 'Claire Morvan', about: 'null for a family, whose file says it' })
  name: string | null;

  @Field.text({ nullable: true, example: 'manager@demo.passerelle.example', about: 'null for an API client and a family' })
  email: string | null;

  @Field.uuid()
  councilId: string;

  @Field.oneOf(ROLES, { nullable: true, about: 'null for an API client' })
  role: Role | null;

  @Field.uuid({ nullable: true, about: 'the household of a family; null for everybody else' })
  householdId: string | null;

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
