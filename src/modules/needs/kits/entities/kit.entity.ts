import { Column, Entity } from 'typeorm';
import { readBy, Versioned } from '../../../../platform/index.js';
import type { KitContent } from '../../domain/need.rules.js';
import { storedComponents } from '../../domain/stored-need.js';

/** Devices that a council lends together. */
@Entity('kits')
export class Kit extends Versioned {
  @Column('text')
  name: string;

  @Column('jsonb', { transformer: readBy(storedComponents) })
  components: KitContent['components'];

  @Column('integer')
  costCents: number;
}
