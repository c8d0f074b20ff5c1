import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { HelpText } from '../domain/help-topics.js';
import { storedHelpTexts } from '../domain/help-texts.rules.js';

/** What a council wrote itself. `version` is null while it has written nothing and the shipped texts hold. */
export interface OwnHelpTexts {
  readonly texts: readonly HelpText[];
  readonly version: number | null;
  readonly updatedAt: Date | null;
}

const READ = `SELECT texts, version, updated_at AS "updatedAt" FROM help_texts WHERE council_id = current_council()`;
const LOCK = `${READ} FOR UPDATE`;
const INSERT = `
  INSERT INTO help_texts (council_id, texts, version, updated_at) VALUES (current_council(), $1, 1, $2)
  ON CONFLICT (council_id) DO NOTHING`;
const REPLACE = 'UPDATE help_texts SET texts = $1, version = version + 1, updated_at = $2 WHERE council_id = current_council()';

type Row = Omit<OwnHelpTexts, 'texts'> & { readonly texts: unknown };

const textsOf = (row: Row | null): OwnHelpTexts =>
  row ? { ...row, texts: storedHelpTexts(row.texts) } : { texts: [], version: null, updatedAt: null };

/** The SQL of help texts. */
@Injectable()
export class HelpTextsRepository {
  async read(tx: Tx): Promise<OwnHelpTexts> {
    return textsOf(await tx.one<Row>(READ));
  }

  async lock(tx: Tx): Promise<OwnHelpTexts> {
    return textsOf(await tx.one<Row>(LOCK));
  }

  /** Inserts the council's first texts. Returns false when somebody else was quicker. */
  async insert(tx: Tx, texts: readonly HelpText[], now: Date): Promise<boolean> {
    return (await tx.execute(INSERT, [JSON.stringify(texts), now])) === 1;
  }

  async replace(tx: Tx, texts: readonly HelpText[], now: Date): Promise<void> {
    await tx.execute(REPLACE, [JSON.stringify(texts), now]);
  }
}
