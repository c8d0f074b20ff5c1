import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../platform/database/embedded-postgres.js';
import { dataSource, migrate } from '../../platform/database/index.js';
import { schema } from '../../schema.js';
import { options } from '../command.js';
import { dataModelDocument } from './data-model-document.js';
import { readDataModel } from './read-data-model.js';

/** Of an empty database that is made for it, and gone afterwards. */
export async function documentDataModel(words: readonly string[]): Promise<string> {
  options(words);
  const dataDir = await mkdtemp(join(tmpdir(), 'passerelle-data-model-'));
  try {
    const server = await startEmbeddedPostgres({ dataDir, ephemeral: true, mode: 'own' });
    try {
      await migrate(server.url, schema);
      return await documentOf(server.url);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** What docs/data-model.md says of a migrated database. */
export async function documentOf(url: string): Promise<string> {
  const source = await dataSource({ url, schema, pool: 1, asApplication: false, name: 'passerelle-docs', unhurried: true }).initialize();
  try {
    return dataModelDocument(await readDataModel(source));
  } finally {
    await source.destroy();
  }
}
