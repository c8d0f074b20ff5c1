import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createContext } from '../../src/application.js';
import { prepareRuntime, readySchema } from '../../src/boot.js';
import { readSettings } from '../../src/platform/config/settings.js';
import { migrate, migrateDown, type Schema } from '../../src/platform/database/index.js';
import { OutboxExecutor } from '../../src/platform/outbox/index.js';
import { schema } from '../../src/schema.js';
import { newId } from '../../src/shared/ids.js';
import { lookupKey } from '../../src/shared/key-text.js';
import { inEmptyDatabase, onServer } from '../support/test-database.js';

// What a database that was in use had, and what the later migrations promised to make of it.

const OWNER = 'passerelle_test_owner';
const FIRST_THAT_FILLS = 'DeviceHolder1790000001000';
/** The migrations that ran when the old rows were written. */
const old: Schema = {
  ...schema,
  migrations: schema.migrations.slice(
    0,
    schema.migrations.findIndex(({ name }) => name === FIRST_THAT_FILLS),
  ),
};

/** An owner of the database who is no superuser: row-level security holds for it too. */
async function withOwner(admin: string, work: (url: string) => Promise<void>): Promise<void> {
  const run = (sql: string) => onServer(admin, (client) => client.query(sql));
  const database = new URL(admin).pathname.slice(1);
  await run(`
    CREATE ROLE ${OWNER} LOGIN CREATEROLE NOBYPASSRLS NOSUPERUSER PASSWORD 'of-a-test';
    GRANT passerelle_app, passerelle_system, passerelle_search TO ${OWNER} WITH ADMIN OPTION;
    ALTER DATABASE ${database} OWNER TO ${OWNER}`);
  try {
    await work(Object.assign(new URL(admin), { username: OWNER, password: 'of-a-test' }).href);
  } finally {
    await run(`ALTER DATABASE ${database} OWNER TO CURRENT_USER; DROP OWNED BY ${OWNER} CASCADE; DROP ROLE ${OWNER}`);
  }
}

const ids = <Name extends string>(...names: Name[]) => Object.fromEntries(names.map((name) => [name, newId()])) as Record<Name, string>;
const council = ids('paris', 'martinique', 'beginning');
const household = ids('silent', 'muted', 'nameOnly', 'byPhone', 'byPost', 'away', 'draftOnly');
const line = ids('twiceSuspended', 'suspendedStill', 'never', 'connection', 'draft', 'handedOver', 'away', 'draftOnly');
const device = ids('lent', 'returned', 'lentAgain', 'inStock');
/** Devices that were different to the old rule. */
const written = {
  ...{ 'Twin-1': newId(), 'TWIN‑1': newId(), 'twin-1': newId(), 'Un\u200Bseen': newId() },
  ...{ '="00123"': newId(), "'00123": newId(), '="': newId(), '=""': newId(), 'N/A': newId() },
};
/** By the tag of their device. */
const SERIALS: Readonly<Record<string, string>> = { '="00123"': '="S""1"', "'00123": '’s"1', 'N/A': 'n/a' };
const [site, model] = [newId(), newId()];

const AT = '2026-01-05T09:00:00Z';
const COUNCIL_OF: Readonly<Record<string, string>> = { [household.away]: council.martinique, [household.draftOnly]: council.beginning };
const councilOf = (householdId: string) => COUNCIL_OF[householdId] ?? council.paris;

interface OldLine {
  readonly householdId: string;
  readonly state: string;
  readonly kind?: string;
  /** The states that it came to, each at its time. */
  readonly history?: readonly (readonly [state: string, at: string])[];
}

const LINES: Readonly<Record<string, OldLine>> = {
  [line.twiceSuspended]: {
    householdId: household.silent,
    state: 'waiting',
    history: [
      ['waiting', AT],
      ['suspended', '2026-02-01T23:30:00Z'], // 2 February in Paris
      ['waiting', '2026-02-10T08:00:00Z'],
      ['suspended', '2026-03-01T09:00:00Z'],
      ['waiting', '2026-03-04T09:00:00Z'],
    ],
  },
  [line.suspendedStill]: {
    householdId: household.muted,
    state: 'suspended',
    history: [
      ['waiting', AT],
      ['suspended', '2026-02-01T09:00:00Z'],
      ['waiting', '2026-02-06T09:00:00Z'],
      ['suspended', '2026-04-01T22:30:00Z'], // 2 April in Paris
    ],
  },
  [line.never]: { householdId: household.byPhone, state: 'waiting', history: [['waiting', AT]] },
  [line.connection]: { householdId: household.byPhone, state: 'waiting', kind: 'connectivity', history: [['waiting', AT]] },
  [line.draft]: { householdId: household.nameOnly, state: 'draft' },
  [line.handedOver]: {
    householdId: household.byPost,
    state: 'fulfilled',
    history: [
      ['waiting', AT],
      ['suspended', '2026-02-01T09:00:00Z'],
      ['fulfilled', '2026-02-03T09:00:00Z'],
    ],
  },
  [line.away]: {
    householdId: household.away,
    state: 'waiting',
    history: [
      ['waiting', AT],
      ['suspended', '2026-02-02T03:30:00Z'], // 1 February in Martinique
      ['waiting', '2026-02-03T05:00:00Z'],
    ],
  },
  [line.draftOnly]: { householdId: household.draftOnly, state: 'draft' },
};

const JOBS = [
  ['invitation.mail', 'urgent'],
  ['offer.ends', 'urgent'],
  ['reminder.delivery', 'messages'],
  ['import.run', 'bulk'],
  ['inventory.index_model', 'bulk'],
  ['council.streams_changed>needs', 'bulk'],
  ['request_line.end_suspension', 'work'],
  ['household.changed>needs', 'work'],
] as const;

/** Writes what there was, as the superuser. */
const writeOldRows = (url: string) =>
  onServer(url, async (client) => {
    const write = (table: string, row: Record<string, unknown>) => {
      const places = Object.keys(row).map((_, index) => `$${index + 1}`);
      return client.query(`INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${places.join(', ')})`, Object.values(row));
    };
    const born = { created_at: AT, updated_at: AT };
    for (const [code, id] of Object.entries(council)) {
      const time_zone = id === council.martinique ? 'America/Martinique' : 'Europe/Paris';
      await write('councils', { id, code, name: code, time_zone, locale: 'fr', languages: ['fr'], ...born });
    }
    for (const [reference, id] of Object.entries(household)) {
      const row = { council_id: councilOf(id), id, reference, equipment: '[]', facts: '{}', search_text: '', ...born };
      await write('households', row);
    }
    const contact = (household_id: string, more: object) => {
      const row = { council_id: councilOf(household_id), id: newId(), household_id, position: 0, name: 'Nadia', relationship: 'parent' };
      return write('contacts', { ...row, notify: true, ...more });
    };
    await contact(household.muted, { notify: false, phone: '+33612345678' });
    await contact(household.nameOnly, {});
    await contact(household.byPhone, { phone: '+33612345678' });
    await contact(household.byPost, { address: '{"lines":["1 rue du Port"]}' });
    await contact(household.away, { email: 'nadia@example.org' });

    for (const [id, { householdId: household_id, state, kind = 'computer', history = [] }] of Object.entries(LINES)) {
      const council_id = councilOf(household_id);
      const request_id = newId();
      const submitted = history.length > 0 ? AT : null;
      await write('requests', { council_id, id: request_id, household_id, channel: 'web', submitted_at: submitted, ...born });
      const row = { council_id, id, request_id, household_id, number: 1, class: kind, learner_ids: [], acceptable_categories: ['laptop'] };
      await write('request_lines', { ...row, state, waiting_since: submitted, ...born });
      let from_state = 'draft';
      for (const [to_state, at] of history) {
        const event = { council_id, id: newId(), line_id: id, at, actor: 'user', move: 'move', from_state, to_state };
        await write('request_line_events', event);
        from_state = to_state;
      }
    }

    const here = { council_id: council.paris };
    await write('sites', { ...here, id: site, name: 'Mairie', address: '{}', ...born });
    await write('device_models', { ...here, id: model, category: 'laptop', manufacturer: 'Acme', name: 'Book 11', ...born });
    for (const [asset_tag, id] of Object.entries({ ...device, ...written })) {
      const status = asset_tag.startsWith('lent') ? 'on_loan' : 'available';
      const serial_number = SERIALS[asset_tag] ?? null;
      const row = {
        ...here,
        id,
        asset_tag,
        serial_number,
        model_id: model,
        category: 'laptop',
        status,
        condition: 'good',
        site_id: site,
        ...born,
      };
      await write('devices', row);
      await write('device_texts', { ...here, id, search_text: asset_tag.toLowerCase() });
    }
    const happened = async (device_id: string, steps: readonly (readonly [id: string, from: string | null, to: string])[]) => {
      for (const [id, from_status, to_status] of steps) {
        await write('device_events', { ...here, id, device_id, at: AT, actor: 'user', move: 'move', from_status, to_status });
      }
    };
    // Written by two processes, of which one was behind: only the places where they lie know the order.
    const [first, second, third, fourth] = [newId(), newId(), newId(), newId()];
    await happened(device.lent, [
      [first, null, 'available'],
      [third, 'available', 'on_loan'],
      [second, 'on_loan', 'available'],
      [fourth, 'available', 'on_loan'],
    ]);
    // Written where something else had been taken back: the ids know the order.
    const [early, later] = [newId(), newId()];
    await happened(device.returned, [
      [later, 'on_loan', 'available'],
      [early, null, 'on_loan'],
    ]);

    const lend = async (household_id: string, device_id: string, state: 'on_loan' | 'returned') => {
      const loan_id = newId();
      const loan = { ...here, id: loan_id, reference: loan_id, household_id, site_id: site, agreement: '{}', ...born };
      const isOut = state === 'on_loan';
      await write('loans', { ...loan, state: isOut ? 'open' : 'closed', handed_over_at: AT, due_on: '2030-07-01', grace_days: 3 });
      const item = { ...here, id: newId(), loan_id, household_id, device_id, class: 'computer', number: 1, condition_out: 'good' };
      await write('loan_items', { ...item, state, returned_at: isOut ? null : AT });
    };
    await lend(household.byPost, device.lent, 'on_loan');
    await lend(household.byPost, device.returned, 'returned');
    await lend(household.silent, device.lentAgain, 'returned');
    await lend(household.byPhone, device.lentAgain, 'on_loan');

    for (const [kind] of JOBS) {
      await write('outbox', { ...here, id: newId(), kind, ids: '{}', due_at: AT, created_at: AT, done_at: AT });
    }
    await write('outbox', { ...here, id: newId(), kind: 'import.run', ids: '{"tried": 1}', due_at: AT, created_at: AT, dead_at: AT });
    await write('outbox', { ...here, id: newId(), kind: 'offer.ends', ids: '{}', due_at: '2999-01-01', created_at: AT });
  });

test.each(['a superuser', 'an owner who is none'])('rows of a database that was in use, migrated by %s', async (who) => {
  await inEmptyDatabase(async (admin) => {
    const ask = <Row extends object>(sql: string, values: unknown[] = []) =>
      onServer(admin, async (client) => (await client.query(sql, values)).rows as Row[]);
    const steps = async (url: string) => {
      await migrate(url, old);
      await writeOldRows(admin);
      expect(await migrate(url, schema)).toEqual(schema.migrations.slice(old.migrations.length).map(({ name }) => name));

      // DeviceHolder
      const holders = await ask<{ id: string; holder_id: string | null }>('SELECT id, holder_id FROM devices');
      expect(Object.fromEntries(holders.map(({ id, holder_id }) => [id, holder_id]))).toEqual({
        [device.lent]: household.byPost,
        [device.returned]: null,
        [device.lentAgain]: household.byPhone,
        [device.inStock]: null,
        ...Object.fromEntries(Object.values(written).map((id) => [id, null])),
      });

      // Needs and Ranking: one job a council that has something to reckon
      const due = (kind: string) =>
        ask<{ council_id: string; lane: string; attempts: number }>(
          'SELECT council_id, lane, attempts FROM outbox WHERE kind = $1 AND done_at IS NULL AND dead_at IS NULL AND due_at <= now()',
          [kind],
        );
      const job = (council_id: string) => ({ council_id, lane: 'bulk', attempts: 0 });
      const every = Object.values(council);
      const ranked = [council.paris, council.martinique];
      expect(new Set(await due('needs.recompute_next'))).toEqual(new Set(every.map(job)));
      expect(new Set(await due('priority.rerank'))).toEqual(new Set(ranked.map(job)));

      // Ranking: days of suspension by each council's calendar
      const suspensions = await ask<{ id: string; suspended_on: string | null; suspended_days: number }>(
        'SELECT id, suspended_on::text, suspended_days FROM request_lines',
      );
      expect(Object.fromEntries(suspensions.map((row) => [row.id, [row.suspended_on, row.suspended_days]]))).toEqual({
        [line.twiceSuspended]: [null, 8 + 3],
        [line.suspendedStill]: ['2026-04-02', 5],
        [line.never]: [null, 0],
        [line.connection]: [null, 0],
        [line.draft]: [null, 0],
        [line.handedOver]: [null, 2],
        [line.away]: [null, 2],
        [line.draftOnly]: [null, 0],
      });

      // Ranking and Lottery: a key of its own for each council, and tickets that anybody with the key can make again
      const rankings = await ask<{ council_id: string; ticket_key: Buffer; first_key: Buffer }>('SELECT * FROM rankings');
      const keys = new Map(rankings.map(({ council_id, ticket_key }) => [council_id, ticket_key]));
      expect(new Set(keys.keys())).toEqual(new Set(ranked));
      expect(new Set([...keys.values()].map((key) => key.toString('hex'))).size).toBe(2);
      expect(rankings.every(({ ticket_key, first_key }) => ticket_key.equals(first_key))).toBe(true);
      const tickets = await ask<{ council_id: string; household_id: string; ticket: Buffer }>(
        'SELECT council_id, household_id, ticket FROM request_lines',
      );
      for (const { council_id, household_id, ticket } of tickets) {
        const key = keys.get(council_id);
        const made = key ? createHmac('sha256', key).update(household_id).digest('hex') : '';
        expect(ticket.toString('hex')).toBe(made);
      }

      // Ranking: what waits is counted
      const waiting = (sums: string) => ask(`SELECT council_id, class, sum(lines)::integer AS lines FROM ${sums} ORDER BY 1, 2`);
      const counted = () => waiting('waiting_buckets GROUP BY 1, 2 HAVING sum(lines) <> 0');
      const queues = [
        { council_id: council.paris, class: 'computer', lines: 2 },
        { council_id: council.paris, class: 'connectivity', lines: 1 },
        { council_id: council.martinique, class: 'computer', lines: 1 },
      ];
      expect(new Set(await counted())).toEqual(new Set(queues));

      // OutboxLanes: done and dead jobs too
      const lanes = await ask<{ kind: string; lane: string }>('SELECT kind, lane FROM outbox WHERE done_at IS NOT NULL');
      expect(Object.fromEntries(lanes.map(({ kind, lane }) => [kind, lane]))).toEqual(Object.fromEntries(JOBS));
      expect(await ask('SELECT kind, lane FROM outbox WHERE dead_at IS NOT NULL')).toEqual([{ kind: 'import.run', lane: 'bulk' }]);
      expect(await ask(`SELECT kind, lane FROM outbox WHERE due_at > '2900-01-01'`)).toEqual([{ kind: 'offer.ends', lane: 'urgent' }]);

      // Reachability
      const unreachable = async () =>
        new Set((await ask<{ household_id: string }>('SELECT household_id FROM unreachable_households')).map((row) => row.household_id));
      expect(await unreachable()).toEqual(new Set([household.silent, household.muted, household.nameOnly, household.draftOnly]));

      // ReviewOrder: since when it would have waited without its suspensions
      const from = await ask<{ id: string; waits_from: string | null }>('SELECT id, waits_from::text FROM request_lines');
      expect(Object.fromEntries(from.map(({ id, waits_from }) => [id, waits_from]))).toEqual({
        [line.twiceSuspended]: '2026-01-16 09:00:00',
        [line.suspendedStill]: '2026-01-10 09:00:00',
        [line.never]: '2026-01-05 09:00:00',
        [line.connection]: '2026-01-05 09:00:00',
        [line.draft]: null,
        [line.handedOver]: '2026-01-07 09:00:00',
        [line.away]: '2026-01-07 09:00:00',
        [line.draftOnly]: null,
      });

      // AgreementAsked: one look for each council that lends
      expect(await due('loans.check_agreements')).toEqual([job(council.paris)]);
      const asked = () =>
        ask<{ state: string; terms: string[] | null }>(
          'SELECT state, agreement_terms_asked AS terms FROM loans WHERE (agreement_unsigned_since IS NULL) = (agreement_terms_asked IS NULL) ORDER BY id',
        );
      const loans = (terms: string[] | null) =>
        ['open', 'closed', 'closed', 'open'].map((state) => ({ state, terms: state === 'open' ? terms : null }));
      expect(await asked()).toEqual(loans(null));

      // DeviceHistory, LineHistory: in step, whatever the ids say
      const history = (table: string, thing: string, from: string, to: string, id: string) =>
        ask<{ step: string }>(`SELECT coalesce(${from}, '-') || '>' || ${to} AS step FROM ${table} WHERE ${thing} = $1 ORDER BY ordinal`, [
          id,
        ]).then((rows) => rows.map(({ step }) => step));
      const ofDevice = (id: string) => history('device_events', 'device_id', 'from_status', 'to_status', id);
      expect(await ofDevice(device.lent)).toEqual(['->available', 'available>on_loan', 'on_loan>available', 'available>on_loan']);
      expect(await ofDevice(device.returned)).toEqual(['->on_loan', 'on_loan>available']);
      expect(await history('request_line_events', 'line_id', 'from_state', 'to_state', line.away)).toEqual([
        'draft>waiting',
        'waiting>suspended',
        'suspended>waiting',
      ]);

      // DeviceKeys: those that are one now keep their tags and are counted; what nobody sees is gone, what spreadsheets add is no part of
      // the key, and searches find the plain form
      const tags = await ask<{ asset_tag: string; asset_tag_key: string; asset_tag_twin: number }>(
        `SELECT asset_tag, asset_tag_key, asset_tag_twin FROM devices WHERE asset_tag_key NOT IN ('lent', 'returned', 'lentagain', 'instock') ORDER BY asset_tag_key COLLATE "C", asset_tag_twin`,
      );
      expect(tags).toEqual([
        { asset_tag: '="00123"', asset_tag_key: '00123', asset_tag_twin: 0 },
        { asset_tag: "'00123", asset_tag_key: '00123', asset_tag_twin: 1 },
        { asset_tag: '="', asset_tag_key: '="', asset_tag_twin: 0 },
        { asset_tag: '=""', asset_tag_key: '=""', asset_tag_twin: 0 },
        { asset_tag: 'N/A', asset_tag_key: 'n/a', asset_tag_twin: 0 },
        { asset_tag: 'Twin-1', asset_tag_key: 'twin-1', asset_tag_twin: 0 },
        { asset_tag: 'TWIN‑1', asset_tag_key: 'twin-1', asset_tag_twin: 1 },
        { asset_tag: 'twin-1', asset_tag_key: 'twin-1', asset_tag_twin: 2 },
        { asset_tag: 'Unseen', asset_tag_key: 'unseen', asset_tag_twin: 0 },
      ]);
      for (const tag of Object.keys(written)) expect(tags.map(({ asset_tag_key }) => asset_tag_key)).toContain(lookupKey(tag));
      const serials = await ask(
        'SELECT serial_number, serial_number_key, serial_number_twin FROM devices WHERE serial_number IS NOT NULL ORDER BY id',
      );
      expect(serials).toEqual([
        { serial_number: '="S""1"', serial_number_key: 's"1', serial_number_twin: 0 },
        { serial_number: '’s"1', serial_number_key: 's"1', serial_number_twin: 1 },
        { serial_number: 'n/a', serial_number_key: 'n/a', serial_number_twin: 0 },
      ]);
      expect(await ask('SELECT search_text FROM device_texts WHERE id = $1', [written['TWIN‑1']])).toEqual([
        { search_text: 'twin-1 acme book 11' },
      ]);
      await ask(`UPDATE devices SET asset_tag = 'Alone' WHERE id = $1`, [written['TWIN‑1']]);
      expect(await ask('SELECT asset_tag_twin AS twin FROM devices WHERE id = $1', [written['TWIN‑1']])).toEqual([{ twin: 0 }]);

      // HouseholdKeys and PlaceNames
      expect(await ask(`SELECT DISTINCT search_text FROM contacts WHERE phone IS NOT NULL`)).toEqual([{ search_text: '33612345678' }]);
      expect(await ask('SELECT search_text FROM households WHERE id = $1', [household.byPhone])).toEqual([
        { search_text: 'byphone nadia' },
      ]);
      expect(await ask('SELECT name_key FROM sites')).toEqual([{ name_key: 'mairie' }]);

      // Row-level security holds again wherever it was lifted.
      expect(await ask(`SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity`)).toEqual([]);

      // What was brought over goes on as what is new: the line that is suspended still comes back after ten days more.
      await ask(`UPDATE request_lines SET state = 'waiting', updated_at = '2026-04-12T09:00:00Z' WHERE id = $1`, [line.suspendedStill]);
      expect(await ask('SELECT suspended_on, suspended_days FROM request_lines WHERE id = $1', [line.suspendedStill])).toEqual([
        { suspended_on: null, suspended_days: 5 + 10 },
      ]);
      const more = queues.map((queue) => (queue === queues[0] ? { ...queue, lines: 3 } : queue));
      expect(new Set(await counted())).toEqual(new Set(more));
      await ask('UPDATE contacts SET notify = true WHERE household_id = $1', [household.muted]);
      expect((await unreachable()).has(household.muted)).toBe(false);

      await expectJobsDone(url);
      expect(await asked()).toEqual(loans(['2026-09'])); // what they had signed names no text
      const scored = await ask(
        `SELECT id FROM request_lines WHERE state = 'waiting' AND (policy_version IS DISTINCT FROM 1 OR waiting_points = 0 OR score < waiting_points)`,
      );
      expect(scored).toEqual([]);
      expect(await ask('SELECT DISTINCT policy_version FROM rankings')).toEqual([{ policy_version: 1 }]);
      const byScore = (sums: string) => ask(`SELECT council_id, class, score, ${sums} ORDER BY 1, 2, 3`);
      expect(await byScore('sum(lines)::integer AS lines FROM waiting_buckets GROUP BY 1, 2, 3 HAVING sum(lines) <> 0')).toEqual(
        await byScore(`count(*)::integer AS lines FROM request_lines WHERE state = 'waiting' GROUP BY 1, 2, 3`),
      );

      expect(await migrateDown(url, schema)).toBe(schema.migrations.length);
    };
    await (who === 'a superuser' ? steps(admin) : withOwner(admin, steps));
  });
});

/** The program runs on what it found, and does the jobs that the migrations left it. */
async function expectJobsDone(url: string): Promise<void> {
  const settings = readSettings({
    NODE_ENV: 'test',
    DATABASE_URL: url,
    APP_SECRET: 'a secret of tests, long enough for it',
    LOG_LEVEL: 'silent',
  });
  const runtime = await prepareRuntime(settings, { mode: 'own' });
  await readySchema(runtime);
  const program = await createContext({ ...runtime.platform, runsJobs: false });
  try {
    expect(await program.get(OutboxExecutor).drain()).toBeGreaterThanOrEqual(3 + 2);
  } finally {
    await program.close();
    await runtime.stop();
  }
}
