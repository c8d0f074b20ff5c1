import type { ParsedMail } from 'mailparser';
import { gatewaySettings, type SentSms } from '../test/support/sms-gateway.js';
import type { Body, Story } from './story.js';

/** Where messages arrive, and the passing of time. */
interface Outside {
  readonly mails: ParsedMail[];
  /** A gateway that takes SMS. */
  readonly sms: { readonly url: string; readonly sent: SentSms[] };
  /** Lets time pass until then, and does what has come due. */
  until(instant: Date): Promise<void>;
}

/** Messages that arrive: an SMS in Arabic, a letter for a family that has neither telephone nor e-mail, and what staff read in the morning. */
export async function playMessages(story: Story, stage: Outside, school: Body, now: Date): Promise<void> {
  story.chapter('Messages that arrive: an SMS in Arabic, a letter, and a morning’s digest');
  story.report(
    'the council names its SMS gateway',
    'PUT /sms-gateway',
    await story.call('PUT', '/sms-gateway', gatewaySettings(stage.sms.url)),
    200,
  );
  const manager = { name: 'Claire Morvan', email: 'claire@example.org', role: 'council_manager' };
  await story.post('Claire, who manages the council’s loans', '/users', manager);

  const address = { line1: '3 rue des Lilas', line2: null, postalCode: '35000', city: 'Rennes', country: 'FR' };
  const speaksArabic = { phone: '+33612345678', language: 'ar', preferredChannel: 'sms' };
  const families: [string, object][] = [
    ['Samira Haddad', speaksArabic],
    ['Lise Roy', { address, language: 'fr', preferredChannel: 'letter' }],
  ];
  const asked: Body[] = [];
  for (const [name, contact] of families) asked.push(await askForASim(story, school, name, contact));
  const lises = (asked[1]?.lines as Body[])[0] as Body;
  const reason = 'La mairie de votre commune vous prête déjà une carte SIM';
  await story.post('Lise’s is refused, with the reason', `/request-lines/${lises.id}/moves`, { move: 'refuse', reason }, 200);
  await stage.until(now);
  const text = stage.sms.sent.at(-1)?.body.text ?? '';
  story.tell(`    ${text}`);
  story.check('Samira is told in Arabic, by SMS, that her request has come in', true, /\p{Script=Arabic}/u.test(text));

  const batch = await story.post('staff take the letters that wait into one batch', '/print-batches', {});
  const pdf = await story.text(`/print-batches/${batch.id}/file`, 'application/pdf');
  story.check('Lise’s letter is in one PDF to be printed', [1, true], [batch.letters, pdf.startsWith('%PDF-')]);
  await story.post('printed and posted', `/print-batches/${batch.id}/printing`, {}, 200);

  stage.mails.length = 0;
  await stage.until(nextMonday(now));
  const digest = stage.mails.find(({ to }) => JSON.stringify(to ?? '').includes(manager.email));
  for (const line of (digest?.text ?? '').split('\n').filter((each) => each.trim() !== '')) story.tell(`    ${line}`);
  story.check('on Monday morning Claire reads what waits for her', true, digest !== undefined);
}

async function askForASim(story: Story, school: Body, name: string, contact: object): Promise<Body> {
  const learners = [{ givenName: 'Rim', familyName: name.split(' ').at(-1), level: 'college', schoolId: school.id }];
  const contacts = [{ name, relationship: 'parent', notify: true, ...contact }];
  const household = await story.post(`${name}'s family`, '/households', {
    schoolId: school.id,
    contacts,
    learners,
    connectivity: { kind: 'none' },
  });
  const learnerIds = (household.learners as Body[]).map(({ id }) => id);
  const lines = [{ class: 'connectivity', learnerIds, acceptableCategories: ['sim'] }];
  return story.post('asks for a SIM card', '/requests', { householdId: household.id, channel: 'desk', submit: true, lines });
}

/** Half an hour after digests leave. */
function nextMonday(now: Date): Date {
  const morning = new Date(now);
  morning.setUTCHours(6, 30, 0, 0);
  do morning.setUTCDate(morning.getUTCDate() + 1);
  while (morning.getUTCDay() !== 1);
  return morning;
}
