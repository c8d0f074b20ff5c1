import { Column, Entity } from 'typeorm';
import { Versioned } from '../../../../platform/index.js';
import type { StaffRole } from '../../../councils/index.js';

/** An account of the council's staff. Its secrets (password, authenticator) are read where they are checked and nowhere else. */
@Entity('users')
export class User extends Versioned {
  @Column('text')
  name: string;

  @Column('text')
  email: string;

  /** The address as accounts are told apart by it: unique in the whole installation, since people sign in without naming their council. */
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

  /** Wants to be told each morning what waits. */
  @Column('boolean')
  digest: boolean;
}
