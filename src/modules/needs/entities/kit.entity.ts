import { Column, Entity } from 'typeorm';
import { Versioned } from '../../../platform/index.js';
import type { KitContent } from '../domain/need.rules.js';

/** What a council lends together. */
@Entity('kits')
export class Kit extends Versioned {
  @Column('text')
  name: string;

  @Column('jsonb')
  components: KitContent['components'];

  @Column('integer')
  costCents: number;
}
