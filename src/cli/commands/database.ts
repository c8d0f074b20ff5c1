import { MIGRATIONS } from '../../migrations/index.js';
import { migrate, migrateDown } from '../../platform/database/index.js';
import { options, WrongUsage } from '../command.js';
import { withDatabase } from '../with-database.js';

/** Migrations use no module, so that none has to be loaded. */
const schema = { entities: [], migrations: MIGRATIONS };

export function migrateDatabase(words: readonly string[]): Promise<unknown> {
  const { down } = options(words, 'down?');
  if (down !== undefined && down !== 'all') throw new WrongUsage('--down takes "all": it deletes everything');
  return withDatabase(async ({ ownerUrl }) =>
    down === 'all' ? { undone: await migrateDown(ownerUrl, schema) } : { applied: await migrate(ownerUrl, schema) },
  );
}
