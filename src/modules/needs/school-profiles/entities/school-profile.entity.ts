import { Column, Entity } from 'typeorm';
import { readBy, Versioned } from '../../../../platform/index.js';
import { storedWeek, storedWork } from '../../../../shared/stored-week.js';
import type { BorrowerCategory } from '../../../../shared/vocabulary.js';
import type { Timetable } from '../../../households/index.js';

/** The timetable of school at home of a level: of a class, a school, or the whole council. */
@Entity('school_profiles')
export class SchoolProfileRow extends Versioned {
  @Column('uuid', { nullable: true })
  schoolId: string | null;

  @Column('text')
  level: BorrowerCategory;

  @Column('text', { nullable: true })
  className: string | null;

  @Column('jsonb', { transformer: readBy(storedWeek) })
  live: Timetable['live'];

  @Column('jsonb', { transformer: readBy(storedWork) })
  work: Timetable['work'];
}
