import { Column, Entity } from 'typeorm';
import { Versioned } from '../../../../platform/index.js';
import type { DeviceCategory } from '../../../../shared/vocabulary.js';

/** A kind of device (modèle) that a council has. */
@Entity('device_models')
export class DeviceModel extends Versioned {
  @Column('text')
  category: DeviceCategory;

  @Column('text')
  manufacturer: string;

  @Column('text')
  name: string;

  @Column('integer', { nullable: true })
  unitCostCents: number | null;
}
