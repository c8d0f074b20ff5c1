import pg from 'pg';
import { RankingRepository } from '../../src/modules/requests/priority/ranking.repository.js';
import { Transactions } from '../../src/platform/index.js';
import type { BenchApplication } from './application.js';
import { COUNCIL } from './stock.js';

/** Every household asks for a computer; what it has, needs and waited spreads the scores as a real council's. */
export const fillQueue = (lines: number, counted: string) => `
  UPDATE households SET bursary_level = hashint4(('x' || substr(md5(id::text), 1, 6))::bit(24)::integer) & 7,
    home_alone = substr(md5(id::text), 7, 1) < '4',
    connectivity = jsonb_build_object('kind', (ARRAY['fixed', 'mobile', 'none', 'fixed'])[1 + (get_byte(uuid_send(id), 15) & 3)]),
    equipment = (ARRAY['[]', '[{"category":"smartphone"}]', '[{"category":"laptop"}]', '[{"category":"smartphone"},{"category":"tablet"}]'])[1 + (get_byte(uuid_send(id), 14) & 3)]::jsonb
  WHERE council_id = '${COUNCIL}';
  INSERT INTO household_needs (council_id, household_id, household_version, inputs_version, demanded_minutes, uncovered_minutes, need, computed_at)
    SELECT council_id, id, 1, '', 1800, (get_byte(uuid_send(id), 13) * 256 + get_byte(uuid_send(id), 12)) % 1801, '{}', now()
    FROM households WHERE council_id = '${COUNCIL}' ON CONFLICT DO NOTHING;
  INSERT INTO requests (council_id, id, household_id, channel, submitted_at, created_at, updated_at)
    SELECT council_id, id, id, 'web', now(), now(), now() FROM households WHERE council_id = '${COUNCIL}' LIMIT ${lines};
  INSERT INTO request_lines (council_id, id, request_id, household_id, number, class, learner_ids, acceptable_categories, state, ticket, waiting_since, created_at, updated_at)
    SELECT council_id, id, id, household_id, 1, 'computer', ARRAY(SELECT p.id FROM learners p WHERE p.council_id = requests.council_id AND p.household_id = requests.household_id ORDER BY p.position LIMIT 1), '{laptop,tablet}', 'waiting', sha256(uuid_send(id)),
      '${counted}'::date - make_interval(days => (get_byte(uuid_send(id), 11) * 2) % 300), now(), now()
    FROM requests WHERE council_id = '${COUNCIL}';
  VACUUM ANALYZE request_lines; ANALYZE`;

/** Runs statements as the superuser. Returns the rows of the last. */
export async function onServer<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const statement of text.split(';\n').flatMap((each) => each.split('; '))) ({ rows } = await client.query<Row>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

const BATCH = 20_000;

/** Reckons every score under a policy as the jobs do, one transaction after the other. */
export async function draftAll(app: BenchApplication, version: number): Promise<void> {
  const ranking = app.nest.get(RankingRepository);
  let after: string | null = null;
  do after = await app.nest.get(Transactions).write(COUNCIL, (tx) => ranking.draftNext(tx, version, after, BATCH));
  while (after !== null);
}
