import pg from 'pg';

/**
 * Has PostgreSQL look at what the tables hold now, so that it plans statements for it. It does so by itself a minute after much has changed, and
 * plans for empty tables until then. `url`: a login that owns the tables.
 */
export async function analyse(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}
