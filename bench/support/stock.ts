import { createHash } from 'node:crypto';
import pg from 'pg';

/** How much is loaded into the council that is measured; a second, small council lies beside it. */
export interface Size {
  readonly devices: number;
  readonly households: number;
}

export const FULL_SIZE: Size = { devices: 1_000_000, households: 200_000 };

/** The council that is measured. */
export const COUNCIL = '0199c2a4-0000-7000-8000-000000000001';
/** Site 120 is the depot. */
export const siteId = (number: number): string => {
  const hash = createHash('md5').update(`21${number}`).digest('hex').slice(0, 12);
  return `${(1_790_000_000_000 + number)
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})/, '$1-')}-7002-8001-${hash}`;
};
const NEIGHBOUR = '0199c2a4-0000-7000-8000-000000000002';

/** An id in the order of `number`, of things whose kind is `kind`: shaped like a UUID of version 7. */
const id = (kind: number, number: string, council = 'c.n') => `(
  lpad(to_hex(1790000000000 + ${number}), 12, '0') || '7' || lpad(to_hex(${kind}), 3, '0') || '8' || lpad(to_hex(${council}), 3, '0') ||
  substr(md5('${kind}' || ${council} || ${number}), 1, 12))::uuid`;

const MODELS = `(VALUES
  (0, 'laptop', 'Acme', 'Book 11'), (1, 'laptop', 'Acme', 'Book 14 Pro'), (2, 'laptop', 'Lenovo', 'ThinkPad L13 Yoga'), (3, 'laptop', 'HP', 'ProBook 440 G9'),
  (4, 'laptop', 'Dell', 'Latitude 3340'), (5, 'laptop', 'Asus', 'ExpertBook B1'), (6, 'laptop', 'Acer', 'TravelMate P2'), (7, 'desktop', 'Dell', 'OptiPlex 7010'),
  (8, 'tablet', 'Samsung', 'Galaxy Tab A9'), (9, 'tablet', 'Apple', 'iPad 10'), (10, 'tablet', 'Lenovo', 'Tab M10 Plus'), (11, 'smartphone', 'Fairphone', 'Fairphone 4'),
  (12, 'router', 'Huawei', 'B535-232'), (13, 'router', 'TP-Link', 'Archer MR600'), (14, 'sim', 'Orange', 'SIM Data 100 Go'), (15, 'sim', 'SFR', 'SIM Data 50 Go'),
  (16, 'headset', 'Logitech', 'H390'), (17, 'webcam', 'Logitech', 'C270'), (18, 'printer', 'Brother', 'HL-L2350DW'), (19, 'charger', 'Anker', 'Nano 45 W'))
  AS m (k, category, manufacturer, name)`;

const COUNCILS = `
  INSERT INTO councils (id, code, name, time_zone, locale, languages, created_at, updated_at) VALUES
    ('${COUNCIL}', 'MEASURED', 'Département', 'Europe/Paris', 'fr', '{fr}', now(), now()),
    ('${NEIGHBOUR}', 'NEIGHBOUR', 'Commune', 'Europe/Paris', 'fr', '{fr}', now(), now());
  CREATE FUNCTION pg_temp.with_check_digit(digits text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT digits || (10 - sum(CASE WHEN place % 2 = 1 THEN digit ELSE digit * 2 / 10 + digit * 2 % 10 END) % 10) % 10
    FROM (SELECT place, substr(reverse(digits), place + 1, 1)::integer AS digit FROM generate_series(0, length(digits) - 1) place) each $$;
  CREATE TEMP TABLE c (id uuid, n integer, devices integer, households integer);`;

const PLACES = `
  INSERT INTO schools (council_id, id, code, name, level, created_at, updated_at)
    SELECT c.id, ${id(1, 's')}, lpad((9500000 + s)::text, 7, '0') || substr('ABCDEFGHJKLMNPRSTUVWXYZ', (9500000 + s) % 23 + 1, 1), 'Collège ' || s, 'college', now(), now()
    FROM c, generate_series(1, 100) s;
  INSERT INTO sites (council_id, id, name, address, school_id, created_at, updated_at)
    SELECT c.id, ${id(2, 's')}, 'Site ' || s, '{"line1":"1 rue de la Paix","line2":null,"postalCode":"95500","city":"Gonesse","country":"FR"}', CASE WHEN s <= 100 THEN ${id(1, 's')} END, now(), now() FROM c, generate_series(1, 120) s;
  INSERT INTO funds (council_id, id, name, funder, created_at, updated_at)
    SELECT c.id, ${id(3, 's')}, 'Fonds ' || s, 'departement', now(), now() FROM c, generate_series(1, 5) s;
  INSERT INTO device_models (council_id, id, category, manufacturer, name, unit_cost_cents, created_at, updated_at)
    SELECT c.id, ${id(4, 'm.k')}, m.category, m.manufacturer, m.name, 20000 + 500 * m.k, now(), now() FROM c, ${MODELS};`;

/** A fifth of the stock lies in one depot (site 120); models come in lots of 500; three in five devices are on loan. */
const DEVICES = `
  INSERT INTO devices (council_id, id, asset_tag, serial_number, imei, iccid, model_id, category, status, condition, site_id, fund_id, acquired_on,
    created_at, updated_at)
  SELECT d.council, d.id, d.tag, d.serial, d.imei, d.iccid, d.model, d.category, d.status, 'good', d.site, d.fund, '2026-09-01', now(), now()
  FROM (
    SELECT c.id AS council, ${id(5, 'i')} AS id, upper(left(m.category, 2)) || '-' || lpad(i::text, 7, '0') AS tag, upper(substr(md5('sn' || i), 1, 10)) AS serial,
      CASE WHEN m.category IN ('smartphone', 'router') THEN pg_temp.with_check_digit('35' || lpad(i::text, 12, '0')) END AS imei,
      CASE WHEN m.category = 'sim' THEN pg_temp.with_check_digit('8933' || lpad(i::text, 14, '0')) END AS iccid,
      ${id(4, 'm.k')} AS model, m.category, m.manufacturer, m.name,
      (ARRAY['on_loan', 'on_loan', 'on_loan', 'available', 'on_loan', 'available', 'on_loan', 'on_loan', 'available', 'inspection',
             'on_loan', 'on_loan', 'reserved', 'on_loan', 'retired', 'on_loan', 'repair', 'intake', 'on_loan', 'missing'])[1 + (hashint4(i) & 65535) % 20] AS status,
      CASE WHEN i % 5 = 0 THEN ${id(2, '120')} ELSE ${id(2, '(1 + (i / 50) % 119)')} END AS site,
      CASE WHEN i % 3 > 0 THEN ${id(3, '(1 + i % 5)')} END AS fund
    FROM c, generate_series(1, c.devices) i, ${MODELS} WHERE m.k = (i / 500 * 7) % 20) d;`;
const DEVICE_TEXTS = `
  INSERT INTO device_texts (council_id, id, search_text)
  SELECT d.council_id, d.id, lower(concat_ws(' ', d.asset_tag, d.serial_number, d.imei, d.iccid, m.manufacturer, m.name))
  FROM devices d JOIN device_models m ON m.council_id = d.council_id AND m.id = d.model_id ORDER BY d.council_id, d.id;`;

const GIVEN = `'{Nadia,Amal,Élodie,Jean-Baptiste,Fatoumata,Mehdi,Camille,Inès,Mohamed,Chloé,Lucas,Awa,Youssef,Manon,Thomas,Aïcha,Léa,Ibrahim,Zoé,Karim}'::text[]`;
const FAMILY = `'{Bernard,Diallo,Benali,Moreau,Traoré,Nguyen,Petit,Haddad,Lefèvre,Garcia,Roux,Camara,Fontaine,Chevalier,Mercier,Lambert,Bonnet,Girard,Dupont,Kaya}'::text[]`;
const HOUSEHOLDS = `
  INSERT INTO households (council_id, id, reference, school_id, home_alone, bursary_level, equipment, connectivity, facts, search_text, created_at, updated_at)
  SELECT c.id, ${id(6, 'i')}, 'F-' || upper(lpad(to_hex(i), 6, '0')), ${id(1, '(1 + i % 100)')}, false, i % 7, '[]', NULL, '{}',
    translate(lower(concat_ws(' ', 'f-' || lpad(to_hex(i), 6, '0'), 'f' || lpad(to_hex(i), 6, '0'), (${GIVEN})[1 + i % 20], (${FAMILY})[1 + (i / 20) % 20] || to_hex(i % 977),
      (${GIVEN})[1 + (i / 400) % 20])), 'éèïç', 'eeic'), now(), now()
  FROM c, generate_series(1, c.households) i;`;

export interface LoadStep {
  readonly step: string;
  readonly rows: number;
  readonly seconds: number;
}

/** Fills an empty, migrated database; `url` must be a superuser's. Indexes that no constraint needs are built afterwards. */
export async function loadStock(url: string, size: Size): Promise<LoadStep[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const steps: LoadStep[] = [];
  const timed = async (step: string, rows: number, sql: string) => {
    const start = performance.now();
    await client.query(sql);
    steps.push({ step, rows, seconds: Math.round((performance.now() - start) / 10) / 100 });
  };
  try {
    await client.query("SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'");
    await client.query(COUNCILS);
    await client.query('INSERT INTO c VALUES ($1, 1, $2, $3)', [COUNCIL, size.devices, size.households]);
    await client.query('INSERT INTO c VALUES ($1, 2, $2, $3)', [
      NEIGHBOUR,
      Math.ceil(size.devices / 100),
      Math.ceil(size.households / 100),
    ]);
    await client.query(PLACES);
    for (const [table, rows, sql] of [
      ['devices', size.devices, DEVICES],
      ['device_texts', size.devices, DEVICE_TEXTS],
      ['households', size.households, HOUSEHOLDS],
    ] as const) {
      const { rows: indexes } = await client.query<{ name: string; definition: string }>(
        `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
         WHERE indrelid = $1::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
        [table],
      );
      if (indexes.length > 0) await client.query(`DROP INDEX ${indexes.map(({ name }) => name).join(', ')}`);
      await timed(table, rows, sql);
      for (const { name, definition } of indexes) await timed(`index ${name}`, rows, definition);
      await timed(`vacuum ${table}`, rows, `VACUUM ANALYZE ${table}`);
    }
    await client.query('ANALYZE');
    return steps;
  } finally {
    await client.end();
  }
}
