import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Actor } from '../../councils/index.js';

const HAS_OTHERS = `
  SELECT EXISTS (SELECT FROM contacts c WHERE c.council_id = current_council() AND c.household_id = $1 AND c.id <> $2) AS "hasOthers"`;

/**
 * Files that several contacts share, such as separated parents. What one of them wrote, chose or signed is not the other's to see. Of whom it
 * is, is not stored, so in such a file a contact sees none of it.
 */
@Injectable()
export class SharedFilesService {
  /** Returns the rows of a household as the actor may see them: `hide` takes away what may be another contact's. */
  async shown<Row>(tx: Tx, actor: Actor, rows: readonly Row[], hide: (row: Row) => Row): Promise<Row[]> {
    return rows.length > 0 && (await this.hides(tx, actor)) ? rows.map(hide) : [...rows];
  }

  /** The same for one row. */
  async one<Row>(tx: Tx, actor: Actor, row: Row, hide: (row: Row) => Row): Promise<Row> {
    return (await this.hides(tx, actor)) ? hide(row) : row;
  }

  private async hides(tx: Tx, { family }: Actor): Promise<boolean> {
    if (family === null) return false;
    return (await tx.row<{ hasOthers: boolean }>(HAS_OTHERS, [family.householdId, family.contactId])).hasOthers;
  }
}
