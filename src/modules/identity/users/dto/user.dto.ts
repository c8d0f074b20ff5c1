import { PartialType } from '@nestjs/swagger';
import { Example, Field, orNull, VersionedView } from '../../../../platform/http/index.js';
import { STAFF_ROLES, type StaffRole } from '../../../councils/index.js';
import { PASSWORD_LENGTH } from '../../domain/password.rules.js';
import type { User } from '../entities/user.entity.js';

const DIGEST = 'a council_manager or school_administrator is told by e-mail each morning what waits';

@Example({ name: 'Claire Morvan', email: 'claire.morvan@example.org', role: 'desk_agent', siteId: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10' })
export class UserBody {
  @Field.text({ example: 'Claire Morvan' })
  name: string;

  @Field.email({ about: 'signs in with it; unique in the whole installation', example: 'claire.morvan@example.org' })
  email: string;

  @Field.oneOf(STAFF_ROLES, { example: 'desk_agent' })
  role: StaffRole;

  @Field.uuid({ ...orNull, about: 'of a school_administrator' })
  schoolId?: string | null;

  @Field.uuid({ ...orNull, about: 'of a desk_agent' })
  siteId?: string | null;

  @Field.boolean({ optional: true, about: 'false ends their sessions at once', example: true })
  active?: boolean;

  @Field.boolean({ optional: true, about: DIGEST, example: true })
  digest?: boolean;
}

export class UserChanges extends PartialType(UserBody, { skipNullProperties: false }) {}

export class UserView extends VersionedView {
  @Field.text({ example: 'Claire Morvan' })
  name: string;

  @Field.text({ max: 254, example: 'claire.morvan@example.org' })
  email: string;

  @Field.oneOf(STAFF_ROLES, { example: 'desk_agent' })
  role: StaffRole;

  @Field.uuid({ nullable: true, about: 'the school of a school administrator; null for others' })
  schoolId: string | null;

  @Field.uuid({ nullable: true, about: 'the site of a desk agent; null for others' })
  siteId: string | null;

  @Field.boolean({ example: true })
  active: boolean;

  @Field.boolean({ about: DIGEST, example: true })
  digest: boolean;

  static of(user: User): UserView {
    const { name, email, role, schoolId, siteId, active, digest } = user;
    return { ...VersionedView.parts(user), name, email, role, schoolId, siteId, active, digest };
  }
}

export class InvitationView {
  @Field.uuid()
  userId: string;

  @Field.instant({ about: 'until then the link works, once; a later invitation ends it sooner' })
  expiresAt: string;
}

export class AcceptanceBody {
  @Field.secret({ max: 100, about: 'what follows `#token=` in the link', example: 'kq3…' })
  token: string;

  @Field.secret({ ...PASSWORD_LENGTH, about: 'any characters; not the e-mail address', example: 'four plain words suffice' })
  password: string;
}

export class AcceptanceView {
  @Field.text({ max: 254, about: 'to sign in with', example: 'claire.morvan@example.org' })
  email: string;
}
