import { Column, Entity } from 'typeorm';
import { readBy, Versioned } from '../../../../platform/index.js';
import { storedPlace } from '../../../../shared/stored-address.js';
import { type Directions, storedDirections } from '../../domain/directions.rules.js';
import { storedOpeningHours } from '../../domain/opening-hours.rules.js';

export interface SiteAddress {
  readonly line1: string;
  readonly line2: string | null;
  readonly postalCode: string;
  readonly city: string;
  /** A country code of two letters (ISO 3166-1). */
  readonly country: string;
}

/** A period of every week. Monday is 1; times are `HH:MM` in the council's time zone. */
export interface OpeningHours {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

/** Where devices are stored, handed over and returned (point de retrait); may be a school. */
@Entity('sites')
export class Site extends Versioned {
  @Column('text')
  name: string;

  @Column('jsonb', { transformer: readBy(storedPlace) })
  address: SiteAddress;

  @Column('uuid', { nullable: true })
  schoolId: string | null;

  /** Null when they are not known. */
  @Column('jsonb', { nullable: true, transformer: readBy(storedOpeningHours) })
  openingHours: readonly OpeningHours[] | null;

  /** In E.164; null: families call the council. */
  @Column('text', { nullable: true })
  phone: string | null;

  /** How one gets there, by language; null when nobody has said. */
  @Column('jsonb', { nullable: true, transformer: readBy(storedDirections) })
  directions: Directions | null;

  /** The schools whose families may get stock of this site if they chose no site; null means every school. */
  @Column('uuid', { array: true, nullable: true })
  servedSchoolIds: readonly string[] | null;
}
