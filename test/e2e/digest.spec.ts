import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DigestService } from '../../src/modules/notices/digest/digest.service.js';
import { OutboxExecutor } from '../../src/platform/outbox/index.js';
import { day, instantAt } from '../../src/shared/day.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aFund, aHousehold, aLoan, anOffer, aRequest, aSchool, aSite, aUser } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
let smtp: SmtpSink;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  smtp = await startSmtpSink();
  app = await startTestApp({ SMTP_URL: smtp.url, MAIL_FROM: 'Passerelle <nepasrepondre@example.org>' });
});
beforeEach(async () => {
  app.clock.moveTo(new Date('2030-01-01T08:00:00Z'));
  await app.drain();
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
  await app.nest.get(DigestService).begin();
  smtp.mails.length = 0;
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

type Body = Answer['body'];

const silent = { name: 'Nadia Benali', relationship: 'parent', language: 'fr', notify: true };
const manager = (overrides: object = {}) => aUser(api, { role: 'council_manager', ...overrides });
const toWhom = () => smtp.mails.map(({ to }) => (Array.isArray(to) ? '' : (to?.text ?? ''))).sort();
const linesTo = ({ email }: Body) => {
  const mail = smtp.mails.find(({ to }) => !Array.isArray(to) && to?.text === email);
  return (mail?.text ?? '').split('\n').filter((line) => line.startsWith('- '));
};

/** Moves the clock to a time of a day, does what is due, and tells to whom mails came. */
async function morning(on: string, at = '08:00', zone = 'Europe/Paris'): Promise<string[]> {
  smtp.mails.length = 0;
  app.clock.moveTo(instantAt(day(on), at, zone));
  await app.drain();
  return toWhom();
}

/** Something that waits every morning from the day on which tests begin: a message that reached nobody. */
async function somethingStuck(overrides: object = {}): Promise<Body> {
  const household = await aHousehold(api, { contacts: [silent], ...overrides });
  await aLoan(api, { householdId: household.id });
  await app.drain();
  return household;
}

describe('the morning', () => {
  test('each open morning at eight, once; nobody is told of nothing', async () => {
    const claire = await manager();
    expect(await morning('2026-11-03')).toEqual([]);
    await somethingStuck();
    expect(await morning('2026-11-04', '07:59')).toEqual([]);
    expect(await morning('2026-11-04')).toEqual([claire.email]);
    expect(await morning('2026-11-04', '12:00')).toEqual([]);
    expect(await morning('2026-11-05')).toEqual([claire.email]);
    expect(await morning('2026-11-06')).toEqual([claire.email]);
    expect(await morning('2026-11-07')).toEqual([]); // Saturday
    expect(await morning('2026-11-08')).toEqual([]);
    expect(await morning('2026-11-09')).toEqual([claire.email]);
  });

  test('not on a day on which the council is closed', async () => {
    const claire = await manager();
    await somethingStuck();
    expectStatus(await api.put('/closed-days', null, { days: ['2026-11-03'] }), 200);
    expect(await morning('2026-11-03')).toEqual([]);
    expect(await morning('2026-11-04')).toEqual([claire.email]);
  });

  test('that was missed is made up for once, on the day that the program is back', async () => {
    const claire = await manager();
    await somethingStuck();
    expect(await morning('2026-11-06', '14:00')).toEqual([claire.email]);
    expect(await morning('2026-11-06', '15:00')).toEqual([]);
    expect(await morning('2026-11-09', '07:00')).toEqual([]);
    expect(await morning('2026-11-09')).toEqual([claire.email]);
  });

  test('is by the council’s own clocks, also in the nights in which they change', async () => {
    const claire = await manager();
    await morning('2027-03-25');
    await somethingStuck();
    expect(await morning('2027-03-26')).toEqual([claire.email]);
    // The clocks go forward on Sunday 28 March 2027: Monday's eight is six in UTC.
    await morning('2027-03-28');
    app.clock.moveTo(new Date('2027-03-29T05:59:00Z'));
    smtp.mails.length = 0;
    await app.drain();
    expect(toWhom()).toEqual([]);
    app.clock.moveTo(new Date('2027-03-29T06:00:00Z'));
    await app.drain();
    expect(toWhom()).toEqual([claire.email]);
  });

  test('goes by a time zone that was changed meanwhile', async () => {
    const claire = await manager();
    const { version } = expectStatus(await api.get('/council'), 200);
    expectStatus(await api.patch('/council', version, { timeZone: 'America/Martinique' }), 200);
    await somethingStuck();
    expect(await morning('2026-11-03')).toEqual([]);
    expect(await morning('2026-11-03', '08:00', 'America/Martinique')).toEqual([claire.email]);
    expect(await morning('2026-11-04', '08:00', 'Europe/Paris')).toEqual([]);
    expect(await morning('2026-11-04', '08:00', 'America/Martinique')).toEqual([claire.email]);
  });

  test('is begun once for each council', async () => {
    await Promise.all([1, 2, 3].map(() => app.nest.get(DigestService).begin()));
    const jobs = await onServer(app.databaseUrl, (client) =>
      client.query(`SELECT ids, key, due_at FROM outbox WHERE council_id = $1 AND kind = 'notices.morning'`, [council.id]),
    );
    expect(jobs.rows).toEqual([{ ids: {}, key: '2026-11-03T07:00:00.000Z', due_at: new Date('2026-11-03T07:00:00Z') }]);
  });
});

describe('a mailbox that is not there', () => {
  test('is told of for a week, until the family has another', async () => {
    const claire = await manager();
    smtp.refuseRecipient('partie@example.org', 550);
    const contacts = [{ ...silent, email: 'partie@example.org' }];
    const household = await aHousehold(api, { contacts });
    await aLoan(api, { householdId: household.id });
    await app.drain();
    await morning('2026-11-03');
    const line = `- 1 numéro ou adresse où plus rien n’arrive : ${household.reference}`;
    expect(linesTo(claire)).toContain(line);
    const { version, contacts: known } = expectStatus(await api.get(`/households/${household.id}`), 200);
    const another = [{ ...known[0], email: 'arrivee@example.org' }];
    expectStatus(await api.patch(`/households/${household.id}`, version, { contacts: another }), 200);
    await morning('2026-11-04');
    expect(linesTo(claire)).not.toContain(line);
    smtp.refuseRecipient('partie@example.org', null);
  });
});

describe('two workers at once', () => {
  test('send one mail to each', async () => {
    const people = [await manager(), await manager(), await manager()];
    await somethingStuck();
    app.clock.moveTo(instantAt(day('2026-11-03'), '08:00', 'Europe/Paris'));
    const second = await startTestApp({ SMTP_URL: smtp.url }, { beside: app });
    try {
      await Promise.all([app, second].flatMap(({ nest }) => [nest.get(OutboxExecutor).drain(), nest.get(OutboxExecutor).drain()]));
      await app.drain();
      expect(toWhom()).toEqual(people.map(({ email }) => email).sort());
    } finally {
      await second.close();
    }
  });
});

describe('a mail server that is away', () => {
  test('is tried again, with the same Message-ID; what could not leave all day is not sent the day after', async () => {
    const claire = await manager();
    await somethingStuck();
    smtp.refuseRecipient(claire.email, 451);
    expect(await morning('2026-11-03')).toEqual([]);
    smtp.refuseRecipient(claire.email, null);
    expect(await morning('2026-11-03', '08:01')).toEqual([claire.email]);
    expect(smtp.mails[0]?.messageId).toBe(`<digest-${claire.id}-2026-11-03@example.org>`);
    smtp.refuseRecipient(claire.email, 451);
    expect(await morning('2026-11-04', '23:00')).toEqual([]);
    smtp.refuseRecipient(claire.email, null);
    expect(await morning('2026-11-05', '07:30')).toEqual([]);
  });
});

describe('who is told', () => {
  test('managers and school administrators who want it, each of what they reach', async () => {
    const school = await aSchool(api);
    const [claire, paul, lea] = [
      await manager(),
      await aUser(api, { role: 'school_administrator', schoolId: school.id }),
      await aUser(api, { role: 'school_administrator', schoolId: (await aSchool(api)).id }),
    ];
    await manager({ digest: false });
    await manager({ active: false });
    await aUser(api);
    const ours = await somethingStuck({ schoolId: school.id });
    const others = await somethingStuck();
    expect(await morning('2026-11-03')).toEqual([claire.email, paul.email].sort());
    expect(linesTo(claire)).toEqual([`- 2 messages ne sont pas arrivés à des familles : ${ours.reference}, ${others.reference}`]);
    expect(linesTo(paul)).toEqual([`- 1 message n’est pas arrivé à une famille : ${ours.reference}`]);
    expect(linesTo(lea)).toEqual([]);
  });

  test('nobody any more who says so', async () => {
    const claire = await manager();
    await manager();
    await somethingStuck();
    expectStatus(await api.patch(`/users/${claire.id}`, claire.version, { digest: false }), 200);
    expect(await morning('2026-11-03')).not.toContain(claire.email);
  });
});

test('what waits of each kind, in the council’s language, without a name', async () => {
  const claire = await manager();
  const { version } = expectStatus(await api.get('/council'), 200);
  expectStatus(await api.patch('/council', version, { locale: 'en', name: 'Gonesse' }), 200);
  const rules = [
    { trigger: 'loan_handed_over', when: 'at', channels: ['letter'] },
    { trigger: 'offer_made', when: 'at', channels: ['letter', 'email'] },
  ];
  expectStatus(await api.put('/notice-policies', null, { rules }), 200);
  const address = { line1: '12 rue de l’Église', line2: null, postalCode: '95000', city: 'Cergy', country: 'FR' };
  const late = await aLoan(api, {
    householdId: (await aHousehold(api, { contacts: [{ ...silent, address }] })).id,
    dueOn: '2026-11-04',
  });
  const offered = await aHousehold(api, { contacts: [{ ...silent, email: 'nadia@example.org', preferredChannel: 'email' }] });
  const { lines } = await aRequest(api, offered.id);
  await anOffer(api, lines[0].id, (await aDevice(api)).id);
  const waiting = await aHousehold(api, { contacts: [silent] });
  await aRequest(api, waiting.id);
  await app.drain();
  expect(await morning('2026-11-03')).toEqual([claire.email]);
  expect(linesTo(claire)).toEqual([
    '- 1 request waits for a device of which none is left to lend: laptop, tablet',
    '- 1 letter to print and post',
  ]);
  // Five open days after Monday the 2nd end with the 9th, and three days of grace after Wednesday the 4th with the 7th.
  expect(await morning('2026-11-09')).toEqual([claire.email]);
  expect(linesTo(claire)).toEqual([
    `- 1 late loan: ${late.reference}`,
    `- 1 offer ends within two days: ${offered.reference}`,
    '- 1 request waits for a device of which none is left to lend: laptop, tablet',
    '- 1 letter to print and post',
  ]);
  const [mail] = smtp.mails;
  expect([mail?.subject, mail?.headers.get('content-language')]).toEqual(['Passerelle: to be seen to on Monday, 9 November 2026', 'en']);
  expect(mail?.text).not.toMatch(/Nadia|Benali|http/);
});

test('loans whose agreement is to be signed, until it is; a school its own', async () => {
  const school = await aSchool(api);
  const [claire, paul] = [await manager(), await aUser(api, { role: 'school_administrator', schoolId: school.id })];
  expectStatus(await api.put('/notice-policies', null, { rules: [] }), 200);
  const ours = await aLoan(api, { householdId: (await aHousehold(api, { schoolId: school.id })).id });
  const others = await aLoan(api, { householdId: (await aHousehold(api)).id });
  await app.drain();
  expect(await morning('2026-11-03')).toEqual([]);
  expectStatus(await api.put('/loan-policies', null, { rules: [{ termsVersion: '2026-11' }] }), 200);
  await app.drain();
  expect(await morning('2026-11-04')).toEqual([claire.email, paul.email].sort());
  expect(linesTo(claire)).toEqual([`- 2 prêts dont la convention est à signer : ${ours.reference}, ${others.reference}`]);
  expect(linesTo(paul)).toEqual([`- 1 prêt dont la convention est à signer : ${ours.reference}`]);
  const signature = { signatoryName: 'Nadia B.', method: 'paper', termsVersion: '2026-11' };
  expectStatus(await api.post(`/loans/${ours.id}/agreement`, signature), 200);
  expect(await morning('2026-11-05')).toEqual([claire.email]);
  expect(linesTo(claire)).toEqual([`- 1 prêt dont la convention est à signer : ${others.reference}`]);
});

test('what a tablet can serve does not want for laptops; a school counts its own stock and that of no school', async () => {
  const school = await aSchool(api);
  const [claire, paul] = [await manager(), await aUser(api, { role: 'school_administrator', schoolId: school.id })];
  const elsewhere = await aSite(api, { schoolId: (await aSchool(api)).id });
  await aRequest(api, (await aHousehold(api, { schoolId: school.id, contacts: [{ ...silent, email: 'n@example.org' }] })).id);
  await aDevice(api, { siteId: elsewhere.id });
  await app.drain();
  expect(await morning('2026-11-03')).toEqual([paul.email]);
  expect(linesTo(paul)[0]).toContain('ordinateur portable, tablette');
  await aDevice(api);
  expect(await morning('2026-11-04')).toEqual([]);
  expect(linesTo(claire)).toEqual([]);
});

test('what is kept back is not there to lend: a pool that has no more than its reserve serves nobody', async () => {
  const school = await aSchool(api);
  const [claire, paul] = [await manager(), await aUser(api, { role: 'school_administrator', schoolId: school.id })];
  const contacts = [{ ...silent, email: 'n@example.org' }];
  await aRequest(api, (await aHousehold(api, { schoolId: school.id, contacts })).id);
  const [own, shared] = [await aSite(api, { schoolId: school.id }), await aSite(api)];
  const { id: modelId } = await aDeviceModel(api);
  await aDevice(api, { siteId: own.id, modelId });
  await aDevice(api, { siteId: own.id, modelId });
  await aDevice(api, { siteId: shared.id, modelId });
  const keep = async (version: number | null, devices: number) => {
    const reserves = [{ siteId: own.id, category: 'laptop', devices }];
    const everywhere = { siteId: null, category: null, devices: 1 };
    expectStatus(await api.put('/allocation-policy', version, { reserves: [...reserves, everywhere], maximumWaitingDays: null }), 200);
    await app.drain();
  };
  await keep(null, 2);
  const waits = '- 1 demande attend un appareil dont il ne reste aucun à prêter : ordinateur portable, tablette';
  expect(await morning('2026-11-03')).toEqual([claire.email, paul.email].sort());
  expect([linesTo(claire), linesTo(paul)]).toEqual([[waits], [waits]]);
  // One is left beside the reserve of the school's own site; then of another's, which is not the school's to give.
  await keep(1, 1);
  expect(await morning('2026-11-04')).toEqual([]);
  await keep(2, 2);
  const elsewhere = await aSite(api, { schoolId: (await aSchool(api)).id });
  await aDevice(api, { siteId: elsewhere.id, modelId });
  await aDevice(api, { siteId: elsewhere.id, modelId });
  expect(await morning('2026-11-05')).toEqual([paul.email]);
  // A fund's device is a pool of its own, of which one is kept back too.
  await aDevice(api, { siteId: shared.id, modelId, fundId: (await aFund(api)).id });
  expect(await morning('2026-11-06')).toEqual([paul.email]);
  await aDevice(api, { siteId: shared.id, modelId });
  expect(await morning('2026-11-09')).toEqual([]);
});

test('nothing about anybody is in the jobs or in the log', async () => {
  const claire = await manager();
  const { reference } = await somethingStuck();
  smtp.refuseRecipient(claire.email, 451);
  await morning('2026-11-03');
  smtp.refuseRecipient(claire.email, null);
  const jobs = await onServer(app.databaseUrl, (client) =>
    client.query(`SELECT ids, key, last_error FROM outbox WHERE council_id = $1 AND kind LIKE 'notices.%'`, [council.id]),
  );
  const everything = JSON.stringify(jobs.rows) + app.logged.join('\n');
  expect(everything).toContain(claire.id);
  expect(everything).not.toContain(claire.email);
  expect(everything).not.toContain(reference);
});
