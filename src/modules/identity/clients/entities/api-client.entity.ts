import { Column, Entity } from 'typeorm';
import { Versioned } from '../../../../platform/index.js';
import type { Scope } from '../../../councils/index.js';

/** A council's system that calls the API with credentials of its own. */
@Entity('api_clients')
export class ApiClient extends Versioned {
  @Column('text')
  name: string;

  @Column('text', { array: true })
  scopes: Scope[];

  @Column('text')
  secretHash: string;

  @Column('timestamptz', { nullable: true })
  lastUsedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt: Date | null;
}
