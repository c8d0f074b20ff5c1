import pg from 'pg';
import { COUNCIL } from './stock.js';

const EVENINGS = `(SELECT jsonb_agg(jsonb_build_object('weekday', d, 'from', '17:30', 'to', '20:00')) FROM generate_series(1, 5) d)`;
/** One to four learners of the three levels, by household. */
const LEARNERS = `
  INSERT INTO learners (council_id, id, household_id, position, given_name, family_name, level, school_id, exam_year, large_screen)
  SELECT h.council_id, gen_random_uuid(), h.id, p, 'L' || (hashtext(h.id::text || p) & 1023), 'N' || (hashtext(h.id::text) & 4095), (ARRAY['primary', 'college', 'college', 'lycee'])[1 + (hashtext(h.id::text || p) & 65535) % 4],
    h.school_id, false, false
  FROM households h, generate_series(0, (hashtext(h.id::text) & 65535) % 4) p WHERE h.council_id = '${COUNCIL}'`;
/** Nothing; a parent's phone in the evening; that and a tablet; a laptop: and a connection to match. */
const AT_HOME = `
  UPDATE households h SET
    equipment = (ARRAY['[]'::jsonb,
      jsonb_build_array(jsonb_build_object('id', 'phone', 'label', NULL, 'category', 'smartphone', 'available', ${EVENINGS})),
      jsonb_build_array(jsonb_build_object('id', 'phone', 'label', NULL, 'category', 'smartphone', 'available', ${EVENINGS}),
        jsonb_build_object('id', 'tablet', 'label', NULL, 'category', 'tablet', 'available', NULL)),
      jsonb_build_array(jsonb_build_object('id', 'laptop', 'label', NULL, 'category', 'laptop', 'available', NULL))])[1 + (hashtext('e' || h.id::text) & 65535) % 4],
    connectivity = (ARRAY[
      jsonb_build_object('kind', 'none', 'simultaneousLive', NULL, 'available', NULL),
      jsonb_build_object('kind', 'mobile', 'simultaneousLive', NULL, 'available', ${EVENINGS}),
      jsonb_build_object('kind', 'fixed', 'simultaneousLive', NULL, 'available', NULL)])[1 + (hashtext('c' || h.id::text) & 65535) % 3]
  WHERE h.council_id = '${COUNCIL}'`;

/** Puts learners and equipment into the households of the measured council. */
export async function fillHomes(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(LEARNERS);
    await client.query(AT_HOME);
    await client.query('VACUUM ANALYZE households, learners');
  } finally {
    await client.end();
  }
}
