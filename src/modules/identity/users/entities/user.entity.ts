import { Column, Entity } from 'typeorm';
import { Versioned } from '../../../../platform/index.js';
import type { StaffRole } from '../../../councils/index.js';

/** The account of a member of the council's staff. Its secrets (password, authenticator) are read only by the code that checks them. */
@Entity('users')
export class User extends Versioned {
  @Column('text')
  name: string;

  @Column('text')
  email: string;

  /**
   * The form of the e-mail address by which accounts are distinguished. It is unique in the whole installation, since people sign in
   * without naming their council.
   */
  @Column('text')
  emailKey: string;

  @Column('text')
  role: StaffRole;

  @Column('uuid', { nullable: true })
  schoolId: string | null;

  @Column('uuid', { nullable: true })
  siteId: string | null;

  @Column('boolean')
  active: boolean;

  /** Whether the person wants a mail each morning about what is waiting. */
  @Column('boolean')
  digest: boolean;
}
