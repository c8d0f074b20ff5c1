import { Column, Entity } from 'typeorm';
import { Versioned } from '../../../../platform/index.js';

export const SCHOOL_LEVELS = ['primary', 'college', 'lycee', 'other'] as const;
export type SchoolLevel = (typeof SCHOOL_LEVELS)[number];

/** A school (établissement), identified by its UAI code. */
@Entity('schools')
export class School extends Versioned {
  @Column('text')
  code: string;

  @Column('text')
  name: string;

  @Column('text')
  level: SchoolLevel;

  @Column('text', { nullable: true })
  municipalityCode: string | null;

  @Column('text', { nullable: true })
  email: string | null;

  /** The social position index (indice de position sociale) that the ministry publishes; null when it is not known. */
  @Column('double precision', { nullable: true })
  socialIndex: number | null;
}
