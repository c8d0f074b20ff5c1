import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { SchoolLevel } from './entities/school.entity.js';

/** A school as people look for it. */
export interface FoundSchool {
  readonly id: string;
  readonly name: string;
  /** Where it stands; null when it has no address. */
  readonly town: string | null;
}

const SCHOOL = `
  SELECT s.id, s.name, (
    SELECT i.address->>'city' FROM sites i WHERE i.council_id = current_council() AND i.school_id = s.id ORDER BY i.id LIMIT 1
  ) AS town
  FROM schools s WHERE s.council_id = current_council()`;
/** A council has some thousand schools at most: they are looked through. */
const FIND = `
  SELECT * FROM (${SCHOOL} AND s.level IN ($1, 'other')) AS found
  WHERE folded_text(name || ' ' || coalesce(town, '')) LIKE ALL ($2::text[])
  ORDER BY name, id LIMIT $3`;
const BY_ID = `${SCHOOL} AND s.id = $1`;

/** Looks for schools by name and town; reads sites too. */
@Injectable()
export class SchoolFinderRepository {
  /** Schools of a level in whose name or town all patterns occur, in the order of names: one more than `limit` where there are more. */
  find(tx: Tx, level: SchoolLevel, patterns: readonly string[], limit: number): Promise<FoundSchool[]> {
    return tx.query<FoundSchool>(FIND, [level, patterns, limit + 1]);
  }

  byId(tx: Tx, id: string): Promise<FoundSchool | null> {
    return tx.one<FoundSchool>(BY_ID, [id]);
  }
}
