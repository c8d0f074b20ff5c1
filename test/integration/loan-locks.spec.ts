import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LoansRepository } from '../../src/modules/loans/record/loans.repository.js';
import { Transactions } from '../../src/platform/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aLoan } from '../support/builders.js';
import { aCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

const STOCK = 3000;
const EVERYWHERE = { schoolId: null, siteId: null };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** Rows of devices that this connection has read, and has not yet told the server's statistics. */
const READ = `SELECT (seq_tup_read + idx_tup_fetch)::integer AS rows FROM pg_stat_xact_user_tables WHERE relname = 'devices'`;

/** More devices of the same council. */
async function fillDepot(like: string): Promise<void> {
  await onServer(app.databaseUrl, async (client) => {
    const { rows } = await client.query<{ names: string; values: string }>(
      `SELECT string_agg(attname, ', ') AS names,
         string_agg(CASE attname WHEN 'id' THEN 'gen_random_uuid()' WHEN 'asset_tag' THEN 'asset_tag || n' ELSE attname END, ', ') AS values
       FROM pg_attribute WHERE attrelid = 'devices'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    );
    const { names, values } = rows[0] as { names: string; values: string };
    const further = `INSERT INTO devices (${names}) SELECT ${values} FROM devices, generate_series(1, ${STOCK}) n WHERE id = $1`;
    await client.query(further, [like]);
    await client.query('ANALYZE devices');
  });
}

test('to lock a loan reads its own devices and no others, however many the council has', async () => {
  const { api, id: councilId } = await aCouncil(app);
  const loan = await aLoan(api);
  const another = await aDevice(api);
  await fillDepot(another.id);
  const read = await app.nest.get(Transactions).write(councilId, async (tx) => {
    const rowsRead = async () => (await tx.one<{ rows: number }>(READ))?.rows ?? 0;
    const before = await rowsRead();
    expect(await app.nest.get(LoansRepository).lock(tx, EVERYWHERE, loan.id, another.id)).toMatchObject({ id: loan.id });
    return (await rowsRead()) - before;
  });
  expect(read).toBeLessThan(50);
});
