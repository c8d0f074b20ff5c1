import type { ParsedMail } from 'mailparser';
import { day, instantAt } from '../src/shared/day.js';
import type { SentSms } from '../test/support/sms-gateway.js';
import { playMessages } from './messages.js';
import { playRound } from './round.js';
import type { Body, Story } from './story.js';

/** What the story needs besides the API: its files, the mail that arrives, and the passing of time. */
export interface Stage {
  file(name: string): Promise<Buffer>;
  readonly mails: ParsedMail[];
  /** A gateway that takes SMS. */
  readonly sms: { readonly url: string; readonly sent: SentSms[] };
  /** Lets time pass until then, and does what has come due. */
  until(instant: Date): Promise<void>;
}

const ZONE = 'Europe/Paris';
const AGREEMENT = { method: 'in_person', termsVersion: '2026-09' };
const evenings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '18:00', to: '20:00' }));

const at = (dayText: string, time = '09:00') => instantAt(day(dayText), time, ZONE);
const list = (body: Body) => body.data as Body[];
const items = (loan: Body) => loan.items as Body[];

/** One family's story, from a school that closes to the last device accounted for. */
export async function play(story: Story, stage: Stage): Promise<void> {
  const { school, site } = await importStock(story, stage);
  const families = await askForHelp(story, school, site);
  await shareOnePhone(story, families.benali);
  const loan = await handOver(story, site, families);
  await shareWhatIsLent(story, families.benali);
  await timePasses(story, stage, loan);
  await bringBack(story, site, loan);
  await loseOne(story, site, families.ahead);
  await playMessages(story, stage, school, at('2027-05-14', '10:00'));
  await playRound(story, stage, { school, site, waiting: families.waiting });
}

async function importStock(story: Story, stage: Stage): Promise<{ school: Body; site: Body }> {
  story.chapter('Monday 2 November 2026. The council brings in its schools and its stock');
  const schools = await importFile(story, stage, 'schools', 'schools.csv', 'the schools, from the national directory');
  story.check('one UAI code that comes twice is one school with two sites', true, Number(schools.created) < Number(schools.total));
  await importFile(story, stage, 'schools', 'schools.csv', 'the same file again', { created: 0, failed: 0 });

  const devices = await importFile(story, stage, 'devices', 'devices.csv', 'the devices, as Snipe-IT writes them', {
    created: 6,
    failed: 2,
  });
  const { body } = await story.get(`/imports/${devices.id}/rows?outcome=failed`);
  for (const { line, faults } of list(body)) {
    for (const { column, value, message } of faults as Body[])
      story.tell(`    line ${String(line)}, ${String(column)} "${String(value)}": ${String(message)}`);
  }
  const [school] = list((await story.get('/schools?code=0350003N')).body);
  const [site] = list((await story.get(`/sites?schoolId=${school?.id}`)).body);
  if (!school || !site) throw new Error('the school of the story was not imported');
  story.tell(`Collège René Cassin lends from "${String(site.name)}"`);
  return { school, site };
}

async function importFile(story: Story, stage: Stage, kind: string, file: string, what: string, expected?: object): Promise<Body> {
  const bytes = await stage.file(file);
  const form = () => {
    const fields = new FormData();
    fields.set('kind', kind);
    fields.set('file', new Blob([new Uint8Array(bytes)], { type: 'text/csv' }), file);
    return fields;
  };
  const counts = ({ total, created, updated, unchanged, failed }: Body) => ({ total, created, updated, unchanged, failed });
  const results: Body[] = [];
  for (const mode of ['preview', 'apply']) {
    const fields = form();
    fields.set('mode', mode);
    const queued = await story.upload(`${mode === 'preview' ? 'Preview' : 'Import'} of ${what}`, '/imports', fields, 202);
    await stage.until(at('2026-11-02'));
    const { body } = await story.get(`/imports/${queued.id}`);
    results.push(body);
    story.tell(`    ${JSON.stringify(counts(body))}`);
  }
  const [preview, applied] = results as [Body, Body];
  story.check('the preview told what the import did', counts(preview), counts(applied));
  for (const [name, count] of Object.entries(expected ?? {})) story.check(`${name}: ${String(count)}`, count, applied[name]);
  return applied;
}

interface Families {
  readonly ahead: Body;
  readonly benali: Body;
  /** The request of a family that is still in the queue when the others have been served. */
  readonly waiting: Body;
  readonly lines: readonly Body[];
}

async function askForHelp(story: Story, school: Body, site: Body): Promise<Families> {
  story.chapter('The college closes. Families ask for help');
  const register = async (name: string, learners: readonly string[], more: object = {}) => {
    const body = {
      schoolId: school.id,
      contacts: [
        {
          name,
          relationship: 'parent',
          email: `${name.split(' ')[0]?.toLowerCase()}@example.org`,
          language: 'fr',
          preferredChannel: 'email',
        },
      ],
      learners: learners.map((givenName) => ({ givenName, familyName: name.split(' ').at(-1), level: 'college', schoolId: school.id })),
      equipment: [],
      connectivity: { kind: 'fixed' },
      ...more,
    };
    return story.post(`${name}'s family, ${learners.length} at school`, '/households', body);
  };
  const ask = async (family: Body, classes: readonly string[]) => {
    const learnerIds = (family.learners as Body[]).map(({ id }) => id);
    const categories: Record<string, string[]> = { computer: ['laptop', 'tablet'], connectivity: ['router'] };
    const lines = classes.map((name) => ({ class: name, learnerIds, acceptableCategories: categories[name] }));
    const request = { householdId: family.id, channel: 'desk', statement: null, pickupSiteId: site.id, submit: true, lines };
    return story.post(`asks for ${classes.join(' and ')}`, '/requests', request);
  };
  const ahead = await register('Oksana Kovalenko', ['Danylo']);
  await ask(ahead, ['computer']);
  const yanns = await ask(await register('Yann Le Goff', ['Maëlle', 'Titouan']), ['computer']);
  const benali = await register('Nadia Benali', ['Amal', 'Idris', 'Lina'], {
    homeAlone: true,
    bursaryLevel: 4,
    equipment: [{ category: 'smartphone', label: 'maman', available: evenings }],
    connectivity: { kind: 'mobile', available: evenings },
  });
  story.tell('  One smartphone, which leaves with Nadia in the morning, and the only connection with it.');
  const request = await ask(benali, ['computer', 'connectivity']);
  const lines = request.lines as Body[];
  const [computer] = lines;
  const { body: waiting } = await story.get(`/request-lines/${computer?.id}`);
  story.check('Nadia asked last, and is told that she is next of three for a computer', [1, 3], [waiting.position, waiting.queueLength]);
  const { body: explanation } = await story.get(`/request-lines/${computer?.id}/explanation?language=en`);
  for (const words of explanation.sentences as readonly string[]) story.tell(`    ${words}`);
  return { ahead, benali, waiting: yanns, lines };
}

async function shareOnePhone(story: Story, family: Body): Promise<void> {
  story.chapter('One smartphone for three learners: what can be shared, and what a loan would change');
  const kits = [
    { name: 'Tablet', components: [{ category: 'tablet', count: 1 }], costCents: 21_000 },
    { name: 'Laptop', components: [{ category: 'laptop', count: 1 }], costCents: 32_000 },
    { name: 'Laptop and router', components: ['laptop', 'router'].map((category) => ({ category, count: 1 })), costCents: 38_900 },
  ];
  for (const kit of kits) await story.post(`the council lends: ${kit.name}, ${kit.costCents / 100} €`, '/kits', kit);
  const uncovered = await tellPlan(story, family);
  story.check('with the phone in the evenings, no lesson and no work of the 60 hours can be done', 60, uncovered);

  const { body: need } = await story.get(`/households/${family.id}/need?language=en`);
  for (const { name, valueMinutes } of need.kits as Body[])
    story.tell(`    ${String(name)}: gives back ${Number(valueMinutes) / 60} h a week`);
  story.tell(`"${String(need.sentence)}"`);
  const { sentence } = (await story.get(`/households/${family.id}/need?language=fr`)).body;
  story.tell(`"${String(sentence)}"`);
  const recommended = (need.kits as Body[]).find(({ kitId }) => kitId === (need.recommendation as Body | null)?.kitId);
  story.check('the laptop with the router is recommended', 'Laptop and router', recommended?.name);
}

async function shareWhatIsLent(story: Story, family: Body): Promise<void> {
  story.chapter('At home: the week on one laptop, with the router');
  const uncovered = await tellPlan(story, family);
  story.check('of 60 hours, 20 stay uncovered: lessons of three at the same time, on one laptop', 20, uncovered);
  const calendar = await story.text(`/households/${family.id}/plan?from=2026-11-02&until=2026-11-27`, 'text/calendar');
  story.check('the same week for the calendar of a phone', true, calendar.startsWith('BEGIN:VCALENDAR\r\n'));
  const page = await story.text(`/households/${family.id}/plan?language=ar`, 'text/html');
  story.check('and to be printed, in Arabic for the grandmother', true, page.includes('dir="rtl"'));
}

/** Tells the Monday of a family's sharing plan; the hours of the week that stay uncovered. */
async function tellPlan(story: Story, family: Body): Promise<number> {
  const { body: plan } = await story.get(`/households/${family.id}/plan`);
  const { body: file } = await story.get(`/households/${family.id}`);
  const name = (id: unknown) => String((file.learners as Body[]).find((learner) => learner.id === id)?.givenName);
  const blocks = (plan.blocks as Body[]).filter(({ weekday }) => weekday === 1);
  if (blocks.length === 0) story.tell('    Monday: nothing can be planned');
  for (const { from, to, learner, kind } of blocks) {
    story.tell(`    Monday ${String(from)}–${String(to)}  ${name(learner).padEnd(6)} ${kind === 'live' ? 'lesson' : 'work'}`);
  }
  return Number(plan.uncoveredMinutes) / 60;
}

async function handOver(story: Story, site: Body, { ahead, benali, lines }: Families): Promise<Body> {
  story.chapter('At the desk. Three laptops stand ready for three families');
  const handing = (family: Body, tags: readonly string[], signatoryName: string) => ({
    householdId: family.id,
    siteId: site.id,
    items: tags.map((assetTag) => ({ assetTag, conditionOut: 'good' })),
    agreement: { signatoryName, ...AGREEMENT },
  });
  const nadias = handing(benali, ['LT-0001', 'RT-0001'], 'Nadia Benali');
  story.tell('Two desks reach for laptop LT-0001 at the same moment, one for Nadia, one for Oksana:');
  const [first, second] = await Promise.all([
    story.call('POST', '/loans', nadias),
    story.call('POST', '/loans', handing(ahead, ['LT-0001'], 'Oksana Kovalenko')),
  ]);
  const won = first.status === 201;
  story.report('for Nadia', 'POST /loans', first, won ? 201 : 409);
  story.report('for Oksana', 'POST /loans', second, won ? 409 : 201);
  story.check(
    'the refused one reads why',
    ['DEVICE_NOT_AVAILABLE'],
    ((won ? second : first).body.reasons as Body[]).map(({ code }) => code),
  );
  const loan = won
    ? first.body
    : await story.post('Nadia takes the next one', '/loans', handing(benali, ['LT-0002', 'RT-0001'], 'Nadia Benali'));
  const states = await Promise.all(lines.map(async ({ id }) => (await story.get(`/request-lines/${id}`)).body.state));
  story.check("both of Nadia's requests are fulfilled", ['fulfilled', 'fulfilled'], states);
  story.tell(`Loan ${String(loan.reference)}, due on ${String(loan.dueOn)}`);
  return loan;
}

async function timePasses(story: Story, stage: Stage, loan: Body): Promise<void> {
  story.chapter('Months pass. Reminders arrive in the mailbox');
  const dueOn = String(loan.dueOn);
  const later = (days: number) => new Date(at(dueOn).getTime() + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
  await stage.until(at('2026-11-03'));
  story.check(
    'the day after, Nadia reads what she signed for',
    1,
    stage.mails.filter(({ text }) => text?.includes(String(loan.reference))).length,
  );
  const expectations: [number, number][] = [
    [-4, 0],
    [-3, 1],
    [0, 1],
    [3, 0],
    [4, 1],
    [11, 1],
  ];
  for (const [days, expected] of expectations) {
    stage.mails.length = 0;
    await stage.until(at(later(days)));
    const toNadia = stage.mails.filter(({ text }) => text?.includes(String(loan.reference)));
    const subjects = toNadia.map(({ subject }) => `"${subject ?? ''}"`).join(', ');
    story.check(`${later(days)}: ${subjects || 'nothing'}`, expected, toNadia.length);
  }
  const { body } = await story.get('/loans?overdue=true');
  story.check(
    'the school sees that the loan is late',
    true,
    list(body).some(({ id }) => id === loan.id),
  );
}

async function bringBack(story: Story, site: Body, loan: Body): Promise<void> {
  story.chapter('Nadia brings the router back, then the laptop');
  const tag = (start: string) => String(items(loan).find(({ assetTag }) => String(assetTag).startsWith(start))?.assetTag);
  const [router, laptop] = [tag('RT'), tag('LT')];
  const back = (assetTag: string, conditionIn: string) =>
    story.post(`${assetTag} comes back, ${conditionIn}`, '/returns', { assetTag, conditionIn, siteId: site.id }, 200);

  await back(router, 'good');
  story.check('the loan is open while the laptop is out', 'open', (await story.get(`/loans/${loan.id}`)).body.state);
  await inspect(story, router, [{ move: 'pass_inspection', condition: 'good', dataWiped: true }]);

  await back(laptop, 'damaged');
  story.check('the loan is closed', 'closed', (await story.get(`/loans/${loan.id}`)).body.state);
  await inspect(story, laptop, [
    { move: 'fail_inspection', reason: 'Hinge broken' },
    { move: 'repair_done' },
    { move: 'pass_inspection', condition: 'good', dataWiped: true },
  ]);
  await story.post('bringing it back twice is refused', '/returns', { assetTag: laptop, conditionIn: 'good', siteId: site.id }, 409);
}

/** Moves a device on, and tells its history. */
async function inspect(
  story: Story,
  assetTag: string,
  moves: readonly { move: string; condition?: string; dataWiped?: boolean; reason?: string }[],
): Promise<void> {
  const device = (await story.get(`/devices/lookup?tag=${assetTag}`)).body;
  for (const move of moves) await story.post(`${assetTag}: ${move.move.replaceAll('_', ' ')}`, `/devices/${device.id}/moves`, move, 200);
  const { body } = await story.get(`/devices/${device.id}/events`);
  story.check(`${assetTag} can be lent again`, 'available', (await story.get(`/devices/${device.id}`)).body.status);
  story.tell(
    `    its history: ${list(body)
      .map(({ move }) => String(move))
      .join(', ')}`,
  );
}

async function loseOne(story: Story, site: Body, family: Body): Promise<void> {
  story.chapter("Oksana's laptop is lost");
  const { body: open } = await story.get(`/loans?householdId=${family.id}&state=open`);
  const lent =
    list(open)[0] ??
    (await story.post('LT-0003 is handed over', '/loans', {
      householdId: family.id,
      siteId: site.id,
      items: [{ assetTag: 'LT-0003', conditionOut: 'good' }],
      agreement: { signatoryName: 'Oksana Kovalenko', ...AGREEMENT },
    }));
  const [item] = items(lent);
  const reportedOn = String(lent.handedOverAt).slice(0, 10);
  const report = { itemId: item?.id, kind: 'lost', reportedOn, description: 'Left on the bus' };
  const incident = await story.post('reported lost', `/loans/${lent.id}/incidents`, report);
  const device = () => story.get(`/devices/${String(item?.deviceId)}`);
  story.check('the device is lost', 'lost', (await device()).body.status);
  await story.post(
    'nobody found it: written off',
    `/incidents/${incident.id}/closure`,
    { outcome: 'written_off', reason: 'Not found after 30 days' },
    200,
  );
  story.check(
    'the device is retired, and the loan closed',
    ['retired', 'closed'],
    [(await device()).body.status, (await story.get(`/loans/${lent.id}`)).body.state],
  );
}
