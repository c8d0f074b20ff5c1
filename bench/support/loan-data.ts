import { RankingRepository } from '../../src/modules/requests/priority/ranking.repository.js';
import { SetClock } from '../../src/platform/clock/clock.js';
import { Transactions, type Tx } from '../../src/platform/index.js';
import { day } from '../../src/shared/day.js';
import { startBenchApplication } from './application.js';
import { fillHomes } from './families.js';
import { draftAll, onServer } from './queue-data.js';
import { COUNCIL } from './stock.js';

/** The present of this dataset, which is the one of the tests: what they sent means the same here. */
export const PRESENT = new Date('2026-11-02T08:00:00Z');
const NOW = `timestamptz '2026-11-02 08:00Z'`;
const TODAY = day('2026-11-02');
const OF_COUNCIL = `council_id = '${COUNCIL}'`;

/** An id that follows from another one, of things of another kind. */
const made = (kind: string, of: string) => `md5('${kind}' || ${of})::uuid`;
const numbered = (rows: string) => `generate_series(1, ${rows}) n`;

/** Households and the devices that they have, or that wait for them, each with its place. */
const PLACES = `
  CREATE TABLE ground_households AS
    SELECT id, school_id, row_number() OVER (ORDER BY id)::integer AS n FROM households WHERE ${OF_COUNCIL};
  CREATE UNIQUE INDEX ON ground_households (n);
  CREATE TABLE ground_devices AS
    SELECT id, status, site_id, category, row_number() OVER (PARTITION BY status ORDER BY id)::integer AS n FROM devices WHERE ${OF_COUNCIL} AND status IN ('on_loan', 'reserved');
  CREATE INDEX ON ground_devices (status, n);
  ANALYZE ground_households, ground_devices;`;

const HOUSEHOLDS = '(SELECT max(n) FROM ground_households)';

/** Every household has one open loan of what it has, and some have an incident. */
const LOANS = `
  INSERT INTO loans (council_id, id, reference, household_id, site_id, state, handed_over_at, due_on, grace_days, agreement, closed_at, created_at, updated_at)
    SELECT '${COUNCIL}', ${made('loan', 'h.id')}, 'P-' || h.n, h.id, d.site_id, 'open', ${NOW} - interval '60 days',
      date '2026-11-02' + CASE WHEN h.n % 50 = 0 THEN -30 ELSE 20 + h.n % 250 END, 7, '{"signatoryName":"N.","method":"in_person","termsVersion":"2026-09","signedAt":"2026-09-03T08:00:00.000Z"}', NULL, ${NOW}, ${NOW}
    FROM ground_households h JOIN ground_devices d ON d.status = 'on_loan' AND d.n = h.n;
  INSERT INTO loan_items (council_id, id, loan_id, household_id, device_id, class, number, state, condition_out)
    SELECT '${COUNCIL}', ${made('item', 'd.id')}, ${made('loan', 'h.id')}, h.id, d.id, 'computer', 1 + (d.n - 1) / ${HOUSEHOLDS}, 'on_loan', 'good'
    FROM ground_devices d JOIN ground_households h ON h.n = 1 + (d.n - 1) % ${HOUSEHOLDS} WHERE d.status = 'on_loan';
  UPDATE devices d SET holder_id = i.household_id FROM loan_items i WHERE i.council_id = d.council_id AND i.device_id = d.id;
  UPDATE households h SET overdue_from = l.overdue_from FROM loans l WHERE l.council_id = h.council_id AND l.household_id = h.id AND l.state = 'open';
  INSERT INTO loan_events (council_id, id, loan_id, at, actor, kind)
    SELECT '${COUNCIL}', ${made('handed', 'l.id')}, l.id, l.handed_over_at, 'bench', 'handed_over' FROM loans l;
  INSERT INTO incidents (council_id, id, loan_id, item_id, kind, reported_on, description, state, created_at, updated_at)
    SELECT '${COUNCIL}', ${made('incident', 'i.id')}, i.loan_id, i.id, 'broken', '2026-10-20', 'Écran', CASE WHEN h.n % 20 = 0 THEN 'open' ELSE 'closed' END, ${NOW}, ${NOW}
    FROM loan_items i JOIN ground_households h ON h.id = i.household_id WHERE i.number = 1 AND h.n % 10 = 0;
  INSERT INTO device_events (council_id, id, device_id, at, actor, move, from_status, to_status, site_id)
    SELECT council_id, ${made('event', 'id')}, id, ${NOW} - interval '60 days', 'bench', 'register', NULL, status, site_id FROM devices;`;

/** Every household asks for one computer: one of the reserved devices is offered to the first, the others wait. */
const REQUESTS = `
  INSERT INTO requests (council_id, id, household_id, channel, submitted_at, created_at, updated_at)
    SELECT '${COUNCIL}', ${made('request', 'h.id')}, h.id, 'web', ${NOW}, ${NOW}, ${NOW} FROM ground_households h;
  SET LOCAL session_replication_role = origin;
  INSERT INTO request_lines (council_id, id, request_id, household_id, number, class, learner_ids, acceptable_categories, state, ticket, waiting_since, created_at, updated_at)
    SELECT '${COUNCIL}', ${made('line', 'h.id')}, ${made('request', 'h.id')}, h.id, 1, 'computer',
      ARRAY(SELECT p.id FROM learners p WHERE p.council_id = '${COUNCIL}' AND p.household_id = h.id ORDER BY p.position LIMIT 1), '{laptop,tablet}',
      CASE WHEN d.id IS NULL THEN 'waiting' WHEN h.n % 5 = 0 THEN 'accepted' ELSE 'offered' END, sha256(uuid_send(h.id)),
      ${NOW} - make_interval(days => h.n % 300), ${NOW}, ${NOW}
    FROM ground_households h LEFT JOIN ground_devices d ON d.status = 'reserved' AND d.n = h.n;
  SET LOCAL session_replication_role = replica;
  INSERT INTO request_line_events (council_id, id, line_id, at, actor, move, from_state, to_state)
    SELECT '${COUNCIL}', ${made('asked', 'l.id')}, l.id, ${NOW}, 'bench', 'submit', 'draft', l.state FROM request_lines l;
  INSERT INTO household_needs (council_id, household_id, household_version, inputs_version, demanded_minutes, uncovered_minutes, need, computed_at)
    SELECT '${COUNCIL}', h.id, 1, '', 1800, h.n % 1801, '{}', ${NOW} FROM ground_households h;
  INSERT INTO pickup_slots (council_id, id, site_id, starts_at, ends_at, capacity, booked, created_at, updated_at)
    SELECT '${COUNCIL}', ${made('slot', 'n')}, s.id, ${NOW} + n * interval '15 minutes', ${NOW} + (n + 1) * interval '15 minutes', 50, 0, ${NOW}, ${NOW}
    FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS k FROM sites WHERE ${OF_COUNCIL}) s JOIN ${numbered('20000')} ON n % 120 = s.k;
  INSERT INTO offers (council_id, id, line_id, household_id, device_id, state, expires_at, time_zone, pickup_slot_id, created_at, updated_at)
    SELECT '${COUNCIL}', ${made('offer', 'h.id')}, ${made('line', 'h.id')}, h.id, d.id, CASE WHEN h.n % 5 = 0 THEN 'accepted' ELSE 'open' END,
      ${NOW} + interval '7 days' + h.n * interval '1 minute', 'Europe/Paris', CASE WHEN h.n % 5 = 0 THEN ${made('slot', '(1 + h.n % 20000)')} END, ${NOW}, ${NOW}
    FROM ground_households h JOIN ground_devices d ON d.status = 'reserved' AND d.n = h.n;
  UPDATE pickup_slots s SET booked = o.n FROM (SELECT pickup_slot_id, count(*)::integer AS n FROM offers WHERE pickup_slot_id IS NOT NULL GROUP BY 1) o WHERE o.pickup_slot_id = s.id;
  INSERT INTO placement_explanations (council_id, offer_id, line_id, score, facts, verified, policy_version, counted_on)
    SELECT '${COUNCIL}', o.id, o.line_id, 10, '{}', '{}', 1, '2026-11-02' FROM offers o;
  INSERT INTO allocation_rounds (council_id, id, class, state, opened_by, asked, solution, solved_at, policy_version, counted_on, created_at, updated_at)
    SELECT '${COUNCIL}', ${made('round', 'n')}, 'computer', CASE WHEN n = 1 THEN 'draft' ELSE 'published' END, 'bench', 1, 1, ${NOW}, 1, '2026-11-02', ${NOW}, ${NOW} FROM ${numbered('20')};
  INSERT INTO round_pools (council_id, round_id, solution, number, category, site_id, fund_id, available, kept_back)
    SELECT '${COUNCIL}', r.id, 1, s.k, 'laptop', s.id, NULL, 100, 0 FROM allocation_rounds r, (SELECT id, row_number() OVER (ORDER BY id) - 1 AS k FROM sites WHERE ${OF_COUNCIL}) s;
  INSERT INTO round_proposals (council_id, round_id, solution, place, line_id, household_id, score, ticket, pool, rank)
    SELECT '${COUNCIL}', r.id, 1, h.n, ${made('line', 'h.id')}, h.id, 10, sha256(uuid_send(h.id)), h.n % 120, 1
    FROM allocation_rounds r, ground_households h WHERE h.n % 20 = hashtext(r.id::text) & 15 OR r.state = 'draft' AND h.n <= 20000;
  INSERT INTO round_explanations (council_id, round_id, solution, line_id, score, facts, verified)
    SELECT council_id, round_id, solution, line_id, score, '{}', '{}' FROM round_proposals;
  INSERT INTO passed_over_blocks (council_id, block, decision_id, kind, at, lines)
    SELECT '${COUNCIL}', block, ${made('passed', "block || '/' || n")}, 'placement', ${NOW}, ~0::bit(1024)
    FROM (SELECT DISTINCT ordinal / 1024 AS block FROM request_lines WHERE ${OF_COUNCIL}) b, ${numbered('500')};`;

/** What is told, and planned to be told. */
const NOTICES = `
  SET LOCAL session_replication_role = origin;
  INSERT INTO contacts (council_id, id, household_id, position, name, relationship, phone, email, language, preferred_channel, notify)
    SELECT '${COUNCIL}', ${made('contact', 'h.id')}, h.id, 0, 'Somebody', 'parent', '+336' || lpad(h.n::text, 8, '0'), 'f' || h.n || '@example.org', 'fr', 'email', true FROM ground_households h;
  SET LOCAL session_replication_role = replica;
  INSERT INTO notices (council_id, id, household_id, contact_id, loan_id, trigger, slot, planned_at, due_at, state, channel, settled_at, handed_over_at, created_at)
    SELECT '${COUNCIL}', ${made('notice', 'h.id::text || k')}, h.id, ${made('contact', 'h.id')}, ${made('loan', 'h.id')}, (ARRAY['due_soon', 'handed_over', 'overdue'])[k], 'bench' || k, CASE WHEN k = 1 THEN l.due_on - interval '7 days' ELSE ${NOW} END,
      CASE WHEN k = 1 THEN l.due_on - interval '7 days' ELSE ${NOW} - h.n * interval '10 seconds' END,
      CASE WHEN k = 1 THEN 'scheduled' WHEN h.n % 100 = 0 THEN 'failed' WHEN h.n % 101 = 0 THEN 'to_print' ELSE 'delivered' END, CASE WHEN h.n % 101 = 0 THEN 'letter' ELSE 'email' END,
      CASE WHEN k > 1 THEN ${NOW} - h.n * interval '10 seconds' END, CASE WHEN k > 1 THEN ${NOW} - h.n * interval '10 seconds' END, ${NOW}
    FROM ground_households h JOIN loans l ON l.household_id = h.id, generate_series(1, 3) k WHERE k < 3 OR h.n % 50 = 0;
  INSERT INTO contact_marks (council_id, id, channel, address_hash, reason, household_id, contact_id, notice_id, created_at)
    SELECT '${COUNCIL}', ${made('mark', 'h.id')}, 'email', md5(h.id::text), 'bounced', h.id, ${made('contact', 'h.id')}, ${made('notice', 'h.id::text || 2')}, ${NOW} - h.n * interval '10 minutes' FROM ground_households h WHERE h.n % 20 = 0;
  INSERT INTO unreachable_households (council_id, household_id)
    SELECT council_id, id FROM households WHERE council_id = '${COUNCIL}' AND hashtext(id::text) & 255 = 0 ON CONFLICT DO NOTHING;
  INSERT INTO print_batches (council_id, id, letters, created_at) SELECT '${COUNCIL}', ${made('batch', 'n')}, 10, ${NOW} - n * interval '1 hour' FROM ${numbered('5000')};
  INSERT INTO shown_messages (council_id, channel, id, recipient, language, body, left_at) SELECT '${COUNCIL}', 'email', 'bench-' || n, 'a@example.org', 'fr', 'Bonjour', ${NOW} FROM ${numbered('50000')};
  INSERT INTO sms_receipts (council_id, id, received_at, message_id, arrived) SELECT '${COUNCIL}', 'bench-' || n, ${NOW} - n * interval '1 minute', 'm-' || n, true FROM ${numbered('50000')};`;

/** What the platform keeps of everything. */
const PLATFORM = `
  INSERT INTO users (council_id, id, name, email, email_key, role, created_at, updated_at)
    SELECT '${COUNCIL}', ${made('user', 'n')}, 'Somebody', 'u' || n || '@example.org', 'u' || n || '@example.org', 'auditor', ${NOW}, ${NOW} FROM ${numbered('2000')};
  INSERT INTO invitations (council_id, id, user_id, token_hash, expires_at, created_at) SELECT '${COUNCIL}', ${made('invitation', 'n')}, ${made('user', 'n')}, md5('i' || n), ${NOW}, ${NOW} FROM ${numbered('2000')};
  INSERT INTO sessions (council_id, id, user_id, token_hash, created_at, expires_at) SELECT '${COUNCIL}', ${made('session', 'n')}, ${made('user', '(1 + n % 2000)')}, md5('s' || n), ${NOW}, ${NOW} + n * interval '1 minute' FROM ${numbered('100000')};
  INSERT INTO api_clients (council_id, id, name, scopes, secret_hash, created_at, updated_at) SELECT '${COUNCIL}', ${made('client', 'n')}, 'bench', '{}', '-', ${NOW}, ${NOW} FROM ${numbered('1000')};
  INSERT INTO access_tokens (council_id, token_hash, client_id, scopes, expires_at) SELECT '${COUNCIL}', md5('t' || n), ${made('client', '(1 + n % 1000)')}, '{}', ${NOW} + n * interval '1 minute' FROM ${numbered('100000')};
  INSERT INTO sign_in_failures (email_key, address, failures, last_at, forget_at) SELECT 'u' || n || '@example.org', '192.0.2.' || n % 250, 1, ${NOW} - n * interval '1 minute', ${NOW} FROM ${numbered('50000')};
  INSERT INTO audit_events (id, council_id, at, actor, action, subject, fields, reason_hash, mac) SELECT ${made('audit', 'n')}, '${COUNCIL}', ${NOW} - n * interval '1 second', 'bench', 'loan.renewed', ${made('loan', 'n')}, '{}', NULL, md5('a' || n) FROM ${numbered('500000')};
  INSERT INTO audit_chain (council_id, position, event_id, hash) SELECT '${COUNCIL}', n, ${made('audit', 'n')}, md5('h' || n) FROM ${numbered('499900')};
  INSERT INTO audit_unsealed (council_id, event_id, ordinal) SELECT council_id, id, ordinal FROM audit_events e WHERE ${OF_COUNCIL}
    AND NOT EXISTS (SELECT FROM audit_chain c WHERE c.council_id = e.council_id AND c.event_id = e.id);
  INSERT INTO audit_reasons (council_id, event_id, salt, reason) SELECT '${COUNCIL}', ${made('audit', 'n')}, 'x', 'bench' FROM ${numbered('50000')};
  INSERT INTO idempotency_keys (council_id, caller, operation, key, claim, leased_until, body_hash, created_at, answered_at, status, headers, body) SELECT '${COUNCIL}', 'bench', 'POST /loans', 'k' || n, gen_random_uuid(), ${NOW}, md5('b' || n), ${NOW} - n * interval '1 second', ${NOW}, 201, '{}', '{}' FROM ${numbered('200000')};
  INSERT INTO outbox (id, council_id, kind, ids, due_at, created_at, done_at, attempts, lane)
    SELECT ${made('job', 'n')}, '${COUNCIL}', 'needs.recompute', '{}', ${NOW} - n * interval '1 second', ${NOW}, CASE WHEN n > 3000 THEN ${NOW} - n * interval '1 second' END, 1, (ARRAY['urgent', 'work', 'messages', 'bulk'])[1 + n % 4] FROM ${numbered('300000')};
  INSERT INTO imports (council_id, id, kind, mode, state, total, created_by, created_at, updated_at) SELECT '${COUNCIL}', ${made('import', 'n')}, 'devices', 'apply', 'finished', 1000, 'bench', ${NOW}, ${NOW} FROM ${numbered('200')};
  INSERT INTO import_rows (council_id, import_id, line, outcome) SELECT '${COUNCIL}', ${made('import', '(1 + n % 200)')}, n, CASE WHEN n % 50 = 0 THEN 'failed' ELSE 'created' END FROM ${numbered('200000')};
  INSERT INTO import_keys (council_id, import_id, key, line) SELECT '${COUNCIL}', ${made('import', '(1 + n % 200)')}, 'K' || n, n FROM ${numbered('200000')};
  INSERT INTO kits (council_id, id, name, components, cost_cents, created_at, updated_at) SELECT '${COUNCIL}', ${made('kit', 'n')}, 'Kit ' || n, '[{"category":"laptop","count":1}]', 30000, ${NOW}, ${NOW} FROM ${numbered('20')};
  INSERT INTO standing_decisions (council_id, id, name, reason, holds_from, decided_by, decided_at) SELECT '${COUNCIL}', ${made('standing', 'n')}, 'Décision ' || n, 'bench', '2026-10-01', 'bench', ${NOW} FROM ${numbered('50')};
  INSERT INTO school_profiles (council_id, id, school_id, level, live, work, created_at, updated_at)
    SELECT '${COUNCIL}', ${made('profile', 's.id')}, s.id, 'college', '[]', '[]', ${NOW}, ${NOW} FROM schools s WHERE ${OF_COUNCIL};`;

const PARTS = { PLACES, LOANS, REQUESTS, NOTICES, PLATFORM };

/** Puts families, their loans, requests and notices, and what the platform keeps of them, beside a stock: what is there already stays. */
export async function fillBooks(url: string): Promise<void> {
  await onServer(url, 'CREATE TABLE IF NOT EXISTS ground_parts (part text)');
  const done = new Set((await onServer<{ part: string }>(url, 'SELECT part FROM ground_parts')).map(({ part }) => part));
  const part = async (name: string, fill: () => Promise<unknown>) => {
    if (done.has(name)) return;
    await fill();
    await onServer(url, `INSERT INTO ground_parts VALUES ('${name}')`);
  };
  await part('HOMES', () => fillHomes(url));
  for (const [name, text] of Object.entries(PARTS)) {
    const whole = `BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL work_mem = '128MB'; ${text.trim()} COMMIT`;
    await part(name, () => onServer(url, whole));
  }
  await part('RANKS', () => rank(url));
}

async function rank(url: string): Promise<void> {
  await onServer(url, 'VACUUM ANALYZE');
  const app = await startBenchApplication(url, COUNCIL, new SetClock(PRESENT));
  try {
    const ranking = app.nest.get(RankingRepository);
    const inside = (work: (tx: Tx) => Promise<void>) => app.nest.get(Transactions).write(COUNCIL, work);
    await inside((tx) => ranking.begin(tx, { policyVersion: 1, countedOn: TODAY }));
    await draftAll(app, 1);
    await inside(async (tx) => {
      await ranking.hold(tx);
      await ranking.switchTo(tx, 1);
    });
  } finally {
    await app.stop();
  }
  await onServer(url, 'VACUUM ANALYZE request_lines; VACUUM ANALYZE waiting_buckets');
}
