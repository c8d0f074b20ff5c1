import { migrate, migrateDown } from '../../platform/database/index.js';
import { schema } from '../../schema.js';
import { options, WrongUsage } from '../command.js';
import { withRuntime } from '../with-application.js';

export function migrateDatabase(words: readonly string[]): Promise<unknown> {
  const { down } = options(words, 'down?');
  if (down !== undefined && down !== 'all') throw new WrongUsage('--down takes "all": it deletes everything');
  return withRuntime(async ({ ownerUrl }) =>
    down === 'all' ? { undone: await migrateDown(ownerUrl, schema) } : { applied: await migrate(ownerUrl, schema) },
  );
}
