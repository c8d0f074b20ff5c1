import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { test as property } from '@fast-check/jest';
import fc from 'fast-check';
import { storedReserves } from '../../src/modules/allocation/domain/allocation-policy.rules.js';
import { storedStats } from '../../src/modules/allocation/domain/engine/round.js';
import { storedLoanRules } from '../../src/modules/councils/domain/loan-policy.rules.js';
import { storedDirections } from '../../src/modules/councils/domain/directions.rules.js';
import { storedOpeningHours } from '../../src/modules/councils/domain/opening-hours.rules.js';
import { storedHelpTexts } from '../../src/modules/help/domain/help-texts.rules.js';
import * as household from '../../src/modules/households/domain/stored-household.js';
import { storedCells, storedMapping, storedPlan, storedRowFaults } from '../../src/modules/integration/files/stored-import.js';
import { LedgerService } from '../../src/modules/loans/ledger/ledger.service.js';
import { storedAgreement, storedAgreements } from '../../src/modules/loans/domain/agreement.rules.js';
import { storedComponents, storedNeed } from '../../src/modules/needs/domain/stored-need.js';
import { SHIPPED_NOTICE_POLICY } from '../../src/modules/notices/domain/notice-policy.rules.js';
import { storedGateway } from '../../src/modules/notices/domain/sms-gateway.rules.js';
import { storedNoticePolicy } from '../../src/modules/notices/domain/stored-notice-policy.js';
import { storedAskingAnswers } from '../../src/modules/requests/asking/asking.js';
import { storedScale } from '../../src/modules/requests/domain/priority-policy.rules.js';
import { storedFactSources, storedPriorityFacts } from '../../src/modules/requests/domain/score.rules.js';
import { ScoreChecker } from '../../src/modules/requests/index.js';
import { LineScorer } from '../../src/modules/requests/priority/line-scorer.js';
import { Transactions } from '../../src/platform/index.js';
import { storedHeaders } from '../../src/platform/idempotency/kept-headers.js';
import { storedIds } from '../../src/platform/outbox/job.js';
import { NIL_ID } from '../../src/shared/ids.js';
import { storedAddress, storedPlace } from '../../src/shared/stored-address.js';
import type { Reader } from '../../src/shared/stored-json.js';
import { storedWeek, storedWork } from '../../src/shared/stored-week.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aRequest, aSchool } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

type Body = Answer['body'];

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
});
afterAll(() => app.close());

const behind = (text: string, ...values: unknown[]) => onServer(app.databaseUrl, (client) => client.query(text, values));

/** How a column of JSON comes back into the code, and what its reader makes of what former versions of the program wrote. */
interface Column {
  readonly read: Reader<unknown>;
  readonly old: readonly (readonly [stored: unknown, read: unknown])[];
}
const column = (read: Reader<unknown>, ...old: Column['old']): Column => ({ read, old });

const RANGE = { to: '12:00', from: '09:00', weekday: 1 };
const NO_ANSWERS = { children: [], devices: null, connection: null, alone: null, statement: null, wishes: null, pickup: null };
const NO_WEIGHT = { points: 0, cap: null, bands: [] };

/** Every column of JSON. One that is added stands here with its reader, or the test below fails: stored JSON is read, never cast. */
const COLUMNS: Readonly<Record<string, Column>> = {
  'priority_policies.scale': column(storedScale, [
    {
      noComputer: { points: 100 },
      schoolIndex: { points: 0, cap: null, bands: [{ below: 90, points: 5 }, { points: 7 }] },
      gone: { points: 1 },
    },
    expect.objectContaining({
      noComputer: { points: 100, cap: null, bands: [] },
      schoolIndex: { points: 0, cap: null, bands: [{ below: 90, points: 5 }] },
      missedOffers: NO_WEIGHT,
    }),
  ]),
  'loan_policies.rules': column(storedLoanRules, [
    [{ schoolId: null, category: 'laptop', loanDays: 90, graceDays: -1, colour: 'red' }, { category: 'abacus', loanDays: 1 }, 'all'],
    [{ schoolId: null, category: 'laptop', borrowerCategory: null, loanDays: 90 }],
  ]),
  'allocation_policies.reserves': column(storedReserves, [
    [
      { category: 'laptop', devices: 2 },
      { siteId: null, category: 'abacus', devices: 9 },
      { siteId: 7, devices: 1 },
    ],
    [{ siteId: null, category: 'laptop', devices: 2 }],
  ]),
  'notice_policies.policy': column(
    storedNoticePolicy,
    [{}, SHIPPED_NOTICE_POLICY],
    [
      {
        rules: [
          { trigger: 'offer_made', when: 'at', channels: ['sms', 'pigeon'] },
          { trigger: 'gone', when: 'at', channels: ['sms'] },
        ],
      },
      {
        ...SHIPPED_NOTICE_POLICY,
        rules: [{ trigger: 'offer_made', when: 'at', days: 0, everyDays: null, times: 1, channels: ['sms'] }],
      },
    ],
  ),
  'sites.directions': column(storedDirections, [{ fr: 'Bus 11', de: 'Bus' }, { fr: 'Bus 11' }], [{}, null]),
  'help_texts.texts': column(storedHelpTexts, [
    [{ topic: 'charging', language: 'fr', text: 'Le soir.' }, { topic: 'gone', language: 'fr', text: 'Le soir.' }, 7],
    [{ topic: 'charging', language: 'fr', text: 'Le soir.' }],
  ]),
  'households.equipment': column(household.storedEquipment, [
    [{ id: 'a', category: 'laptop' }, { id: 'b', category: 'abacus' }, null],
    [{ id: 'a', category: 'laptop', label: null, available: null }],
  ]),
  'households.connectivity': column(
    household.storedConnectivity,
    [{ kind: 'mobile' }, { kind: 'mobile', available: null, simultaneousLive: null }],
    [{ kind: 'pigeon' }, null],
  ),
  'households.facts': column(household.storedFacts, [
    { homeAlone: { source: 'verified', verifiedBy: 'user:1', verifiedAt: 'x', changedAt: 'y' } },
    expect.objectContaining({
      homeAlone: { source: 'verified', verifiedBy: 'user:1', verifiedAt: 'x', changedAt: 'y' },
      examYear: { source: 'declared', verifiedBy: null, verifiedAt: null, changedAt: '1970-01-01T00:00:00.000Z' },
    }),
  ]),
  'contacts.address': column(storedAddress, [
    { line1: 'A', city: 'B' },
    { line1: 'A', line2: null, postalCode: '', city: 'B', country: 'FR' },
  ]),
  'sites.address': column(storedPlace, [null, { line1: '', line2: null, postalCode: '', city: '', country: 'FR' }]),
  'sites.opening_hours': column(storedOpeningHours, [null, null], [[RANGE, { weekday: 9, from: '09:00', to: '10:00' }], [RANGE]]),
  'learners.timetable': column(household.storedTimetable, [{ live: [RANGE] }, { live: [RANGE], work: [] }], [null, null]),
  'kits.components': column(storedComponents, [
    [
      { category: 'laptop', count: 1 },
      { category: 'abacus', count: 1 },
    ],
    [{ category: 'laptop', count: 1 }],
  ]),
  'school_profiles.live': column(storedWeek, [[RANGE, { weekday: 1, from: '12:00', to: '09:00' }], [RANGE]]),
  'school_profiles.work': column(storedWork, [[{ weekday: 1, minutes: 30 }, { weekday: 1 }], [{ weekday: 1, minutes: 30 }]]),
  'household_needs.need': column(storedNeed, [
    {},
    { learners: [], uncoveredMinutes: 0, kits: [], recommendation: null, noRecommendation: null, timetables: {} },
  ]),
  'loans.agreement': column(storedAgreement, [
    { signatoryName: 'Nadia B.' },
    { signatoryName: 'Nadia B.', method: 'paper', termsVersion: '' },
  ]),
  'loans.earlier_agreements': column(storedAgreements, [null, []]),
  'imports.mapping': column(storedMapping, [null, {}], [{ Nom: 'name', Autre: 3 }, { Nom: 'name' }]),
  'imports.plan': column(
    storedPlan,
    [null, null],
    [
      { places: { name: 0 }, delimiter: ';' },
      { places: { name: 0 }, unused: [], corrected: false, delimiter: ';', header: [], passedOver: [], dateOrders: [] },
    ],
  ),
  'import_rows.faults': column(
    storedRowFaults,
    [null, null],
    [[{ code: 'REQUIRED' }], [{ column: null, value: null, code: 'REQUIRED', message: '' }]],
  ),
  'import_rows.notes': column(storedRowFaults, [null, null], [[{ code: 'X' }], [{ column: null, value: null, code: 'X', message: '' }]]),
  'import_rows.cells': column(
    storedCells,
    [null, []],
    [
      ['a', 3, 'c'],
      ['a', '', 'c'],
    ],
  ),
  'allocation_rounds.stats': column(
    storedStats,
    [null, null],
    [
      { lines: 3, served: 2 },
      { lines: 3, served: 2, capacity: 0, used: 0, rankSum: 0, excluded: 0 },
    ],
  ),
  'round_explanations.facts': column(storedPriorityFacts, [
    { learners: 2 },
    expect.objectContaining({ learners: 2, missedOffers: 0, homeAlone: null }),
  ]),
  'round_explanations.verified': column(storedFactSources, [{}, {}], [{ homeAlone: 'yes', gone: {} }, {}]),
  'placement_explanations.facts': column(storedPriorityFacts, [{}, expect.objectContaining({ demandedMinutes: 0, connectivity: null })]),
  'placement_explanations.verified': column(storedFactSources, [
    { bursaryLevel: { source: 'verified' } },
    { bursaryLevel: { source: 'verified', verifiedBy: null, verifiedAt: null } },
  ]),
  'unsent_requests.answers': column(
    storedAskingAnswers,
    [null, NO_ANSWERS],
    [
      {
        children: [
          { id: NIL_ID, givenName: 'Amal', level: 'college', school: { id: 'gone' } },
          { id: 1, givenName: 'B' },
        ],
        devices: [{ category: 'laptop', time: 'hours', hours: { weekdays: [1, 9], from: '08:00', to: '10:00' } }, { category: 'abacus' }],
        connection: 'pigeon',
        alone: 'yes',
        wishes: ['laptop', 'abacus'],
        pickup: {},
      },
      {
        ...NO_ANSWERS,
        children: [{ id: NIL_ID, givenName: 'Amal', familyName: '', level: 'college', exam: false, school: { id: null } }],
        devices: [{ category: 'laptop', time: 'hours', hours: { weekdays: [1], from: '08:00', to: '10:00' } }],
        wishes: ['laptop'],
        pickup: { siteId: null },
      },
    ],
  ),
  'outbox.ids': column(storedIds, [
    { householdId: 'a', at: { x: 1 }, again: 2 },
    { householdId: 'a', again: 2 },
  ]),
  'idempotency_keys.headers': column(storedHeaders, [null, {}], [{ etag: '"1"', age: 3 }, { etag: '"1"' }]),
  // What was answered once is answered again, whatever it was.
  'idempotency_keys.body': column((stored) => stored),
};

/** JSON that is stored otherwise. */
const SEALED: Readonly<Record<string, Column>> = {
  'sms_gateways.sealed': column(storedGateway, [
    { url: 'https://sms.example.org', headers: [{ name: 'a' }] },
    expect.objectContaining({ url: 'https://sms.example.org', method: 'POST', headers: [], receipts: null }),
  ]),
};

describe('stored JSON', () => {
  test('has a reader in every column', async () => {
    const { rows } = await behind(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type IN ('jsonb', 'json') ORDER BY 1`,
    );
    expect(rows.map(({ name }: { name: string }) => name)).toEqual(Object.keys(COLUMNS).sort());
  });

  const all = Object.entries({ ...COLUMNS, ...SEALED });
  test.each(all)('%s is read as it was written of old', (_, { read, old }) => {
    for (const [stored, expected] of old) expect(read(stored)).toEqual(expected);
  });

  const json = fc.jsonValue({ maxDepth: 4 });
  /** JSON that looks like what is stored: the members that readers ask for, with anything in them. */
  const near = fc.dictionary(
    fc.constantFrom(
      ...[
        'noComputer',
        'points',
        'cap',
        'bands',
        'schoolIndex',
        'rules',
        'trigger',
        'channels',
        'live',
        'work',
        'weekday',
        'from',
        'to',
        'kind',
      ],
      ...[
        'category',
        'available',
        'learners',
        'recommendation',
        'kitId',
        'gaining',
        'holidays',
        'quietHours',
        'headers',
        'receipts',
        'success',
      ],
    ),
    fc.oneof(json, fc.array(fc.dictionary(fc.constantFrom('id', 'category', 'below', 'points', 'from', 'weekday', 'learnerId'), json))),
  );
  property.prop([fc.oneof(json, near, fc.array(near))], { numRuns: 500 })(
    'of any kind at all is read, and once read, read the same again',
    (given) => {
      // As the database gives it back: it knows no negative zero.
      const stored: unknown = JSON.parse(JSON.stringify(given));
      for (const [, { read }] of all) {
        const once = read(stored);
        expect(read(JSON.parse(JSON.stringify(once ?? null)))).toEqual(once ?? read(null));
      }
    },
  );
});

describe('a priority policy that was stored before a criterion existed', () => {
  const weights = [
    ...['uncoveredShare', 'noComputer', 'learners', 'waitingDays'].map((criterion) => ({ criterion, points: 100 })),
    { criterion: 'schoolIndex', bands: [{ below: 100, points: 70 }] },
  ];
  const faults = async () => (await app.nest.get(LedgerService).verify()).faults.filter(({ councilId }) => councilId === council.id);
  const stored = async (scale: unknown) => {
    await behind('UPDATE priority_policies SET scale = $2 WHERE council_id = $1', council.id, JSON.stringify(scale));
  };
  const aLine = async (): Promise<Body> => {
    const school = await aSchool(api, { socialIndex: 80 });
    return (await aRequest(api, (await aHousehold(api, { schoolId: school.id })).id)).lines[0];
  };

  test('ranks, explains and previews', async () => {
    expectStatus(await api.post('/priority-policies', { criteria: weights }), 201);
    await behind(
      `UPDATE priority_policies SET scale = scale - '{missedOffers,examYear,smartphoneOnly,homeAlone}'::text[] WHERE council_id = $1`,
      council.id,
    );
    const line = await aLine();
    await app.drain();
    const { score } = expectStatus(await api.get(`/request-lines/${line.id}`), 200);
    expect(score).toBe(100 + 100 + 100 + 70);
    const explanation = expectStatus(await api.get(`/request-lines/${line.id}/explanation`), 200);
    expect(explanation).toMatchObject({ score, isCurrent: true });
    expect(explanation.criteria.find(({ criterion }: Body) => criterion === 'missedOffers')).toMatchObject({ points: 0 });
    expectStatus(await api.get('/priority-policies/2'), 200);
    expectStatus(await api.get('/priority-policies'), 200);
    expect(await faults()).toEqual([]);
  });

  test('whatever it holds, the statement that ranks and the rule that explains read it alike', async () => {
    expectStatus(await api.post('/priority-policies', { criteria: weights }), 201);
    const line = await aLine();
    await app.drain();
    const any = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(12.5, -12.5, 1e300, -1e300, 2 ** 40, '7', null, [], {}),
    );
    const weight = fc.oneof(
      any,
      fc.record({ points: any, cap: any, bands: fc.oneof(any, fc.array(fc.oneof(any, fc.record({ below: any, points: any })))) }),
    );
    const scale = fc.oneof(
      any,
      fc.dictionary(fc.constantFrom(...weights.map(({ criterion }) => criterion), 'missedOffers', 'noInternet'), weight),
    );
    for (const each of fc.sample(scale, { seed: 11, numRuns: 100 })) {
      await stored(each);
      await app.nest.get(Transactions).write(council.id, (tx) => app.nest.get(LineScorer).scoreHousehold(tx, line.householdId));
      expect({ each, ...(await app.nest.get(ScoreChecker).checkCouncil(council.id)) }).toEqual({ each, found: 0, first: [] });
    }
    // It is answered: what it says is beyond what could ever have been saved, and so beyond the document.
    const { status } = await fetch(`${api.url}/api/v1/request-lines/${line.id}/explanation`, { headers: api.headers });
    expect(status).toBe(200);
  }, 60_000);

  test('a household’s own JSON that is of another kind gives no error and no NULL', async () => {
    const line = await aLine();
    await app.drain();
    for (const hostile of ['null', '"x"', '7', '{"a":1}', '[null,3,{"category":5}]']) {
      await behind('UPDATE households SET equipment = $2, connectivity = $2, facts = $2 WHERE id = $1', line.householdId, hostile);
      await behind('UPDATE learners SET timetable = $2 WHERE household_id = $1', line.householdId, hostile);
      expectStatus(await api.get(`/households/${line.householdId}`), 200);
      expectStatus(await api.get(`/households/${line.householdId}/need`), 200);
      expectStatus(await api.get(`/households/${line.householdId}/plan`), 200);
      const { version } = expectStatus(await api.get(`/households/${line.householdId}`), 200);
      expectStatus(await api.patch(`/households/${line.householdId}`, version, { homeAlone: true }), 200);
      await app.drain();
      expect(await faults()).toEqual([]);
      expectStatus(await api.get(`/request-lines/${line.id}/explanation`), 200);
    }
  });
});
