import { Column, Entity } from 'typeorm';
import { Versioned } from '../../../../platform/index.js';
import type { Day } from '../../../../shared/day.js';
import type { BorrowerCategory } from '../../../../shared/vocabulary.js';

/** Who paid for devices, and so which learners may have them (financement). */
@Entity('funds')
export class Fund extends Versioned {
  @Column('text')
  name: string;

  @Column('text')
  funder: string;

  /** Null means every level. */
  @Column('text', { array: true, nullable: true })
  eligibleLevels: readonly BorrowerCategory[] | null;

  /** Null means every school. */
  @Column('uuid', { array: true, nullable: true })
  eligibleSchoolIds: readonly string[] | null;

  @Column('date', { nullable: true })
  startsOn: Day | null;

  @Column('date', { nullable: true })
  endsOn: Day | null;

  @Column('bigint', { nullable: true })
  budgetCents: number | null;
}
