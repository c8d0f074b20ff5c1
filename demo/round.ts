import type { ParsedMail } from 'mailparser';
import type { Body, Story } from './story.js';

/** The mailbox, and the passing of time: lets it pass until then, and does what has come due. */
interface Time {
  readonly mails: ParsedMail[];
  until(instant: Date): Promise<void>;
}

const DAY = 24 * 3600 * 1000;
const list = (body: Body) => body.data as Body[];

/** A round with one laptop for two families: who goes first and why, an offer that is missed and passed on, and a booking. */
export async function playRound(
  story: Story,
  stage: Time,
  { school, site, waiting }: Readonly<Record<'school' | 'site' | 'waiting', Body>>,
): Promise<void> {
  story.chapter('A round: one laptop, and two families who wait');
  const amina = await askLast(story, stage, school, site);
  const [yanns] = waiting.lines as Body[];
  if (!yanns) throw new Error('the request of the story has no line');
  const position = async ({ id }: Body) => (await story.get(`/request-lines/${id}`)).body.position;
  story.check('Amina asked months after Yann, and is next: her need is greater', [1, 2], [await position(amina), await position(yanns)]);
  await leaveOneLaptop(story, site);

  const round = await story.post('a dry run', '/allocation-rounds', { class: 'computer', siteIds: [site.id] });
  const { body: proposals } = await story.get(`/allocation-rounds/${round.id}/proposals`);
  for (const { place, score, served, category, reason } of list(proposals))
    story.tell(`    ${String(place)}. ${String(score)} points: ${served ? `a ${String(category)}` : String(reason)}`);
  story.check(
    'the laptop is proposed to Amina; nobody is offered anything yet',
    [
      [amina.id, true],
      [yanns.id, false],
    ],
    list(proposals).map(({ lineId, served }) => [lineId, served]),
  );
  const published = await story.post('a person reads it, and publishes it', `/allocation-rounds/${round.id}/publication`, {}, 200);
  // Her hold counts from the message that tells her.
  await stage.until(new Date(String(published.decidedAt)));
  story.check(
    'Amina is told by e-mail',
    true,
    stage.mails.some(({ to }) => JSON.stringify(to ?? '').includes('amina@example.org')),
  );
  await readWhy(story, yanns);
  const passedOn = await missAndPassOn(story, stage, amina, yanns);
  await book(story, site, yanns, passedOn);
}

/** Amina's family, whose need is greater than that of anybody who waits. */
async function askLast(story: Story, stage: Time, school: Body, site: Body): Promise<Body> {
  const household = await story.post("Amina Diallo's family, four at school, nothing at home", '/households', {
    schoolId: school.id,
    homeAlone: true,
    bursaryLevel: 6,
    contacts: [{ name: 'Amina Diallo', relationship: 'parent', email: 'amina@example.org', language: 'fr', preferredChannel: 'email' }],
    learners: ['Awa', 'Ibrahim', 'Mariam', 'Sékou'].map((givenName, index) => ({
      givenName,
      familyName: 'Diallo',
      level: 'college',
      schoolId: school.id,
      examYear: index === 0,
    })),
    equipment: [],
    connectivity: { kind: 'none' },
  });
  const learnerIds = (household.learners as Body[]).map(({ id }) => id);
  const lines = [{ class: 'computer', learnerIds, acceptableCategories: ['laptop'] }];
  const asked = { householdId: household.id, channel: 'phone', statement: null, pickupSiteId: site.id, submit: true, lines };
  const request = await story.post('asks for a laptop', '/requests', asked);
  // Her need is computed, and with it her place in the queue.
  await stage.until(new Date(String(request.submittedAt)));
  return (request.lines as Body[])[0] as Body;
}

/** What else stands on the shelf is looked at first. */
async function leaveOneLaptop(story: Story, site: Body): Promise<void> {
  const { body } = await story.get(`/devices?siteId=${site.id}&status=available`);
  const laptops = list(body).filter(({ category }) => category === 'laptop');
  const others = list(body).filter(({ category }) => category === 'tablet' || category === 'desktop');
  for (const { id, assetTag } of [...laptops.slice(1), ...others])
    await story.post(`${String(assetTag)} is looked at first`, `/devices/${id}/moves`, { move: 'inspect', reason: 'Battery' }, 200);
  story.check('one laptop can be given', true, laptops.length > 0);
}

async function readWhy(story: Story, line: Body): Promise<void> {
  for (const language of ['fr', 'en']) {
    const { body } = await story.get(`/request-lines/${line.id}/explanation?language=${language}`);
    story.tell(`"${String((body.lastRound as Body).sentence)}"`);
  }
  const { body } = await story.get(`/request-lines/${line.id}/explanation`);
  story.check('Yann reads who went before him, and by how many points', 'OUTRANKED', (body.lastRound as Body).reason);
}

/** Amina does not answer; the laptop is proposed to the next line at once, for a person to confirm. */
async function missAndPassOn(story: Story, stage: Time, amina: Body, yanns: Body): Promise<Body> {
  story.chapter('An offer that is missed, and passed on');
  story.report(
    'the council wants returned devices proposed at once',
    'PATCH /council',
    await story.call('PATCH', '/council', { proposeAtOnce: true }),
    200,
  );
  const [offer] = list((await story.get(`/offers?lineId=${amina.id}`)).body);
  story.tell(`Amina's offer is held until ${String(offer?.expiresAt)}; she does not answer.`);
  for (let days = 0; (await story.get(`/offers/${offer?.id}`)).body.state === 'open' && days < 20; days++)
    await stage.until(new Date(new Date(String(offer?.expiresAt)).getTime() + days * DAY));
  story.check(
    'the offer has expired, and she waits again',
    ['expired', 'waiting'],
    [(await story.get(`/offers/${offer?.id}`)).body.state, (await story.get(`/request-lines/${amina.id}`)).body.state],
  );
  const [atOnce] = list((await story.get('/allocation-rounds?state=draft')).body);
  if (!atOnce) throw new Error('the laptop was not proposed at once');
  const [proposal] = list((await story.get(`/allocation-rounds/${atOnce.id}/proposals`)).body);
  story.check('the same laptop is proposed to Yann at once', [offer?.deviceId, yanns.id], [atOnce.deviceId, proposal?.lineId]);
  await story.post('a person confirms', `/allocation-rounds/${atOnce.id}/publication`, {}, 200);
  return list((await story.get(`/offers?lineId=${yanns.id}`)).body)[0] as Body;
}

/** Yann says yes, and when he comes. */
async function book(story: Story, site: Body, line: Body, offer: Body): Promise<void> {
  const day = new Date(new Date(String(offer.createdAt)).getTime());
  do day.setTime(day.getTime() + DAY);
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6);
  const time = (clock: string) => `${day.toISOString().slice(0, 10)}T${clock}:00Z`;
  const slot = await story.post('the school opens a time to collect, for one family', '/pickup-slots', {
    siteId: site.id,
    startsAt: time('15:00'),
    endsAt: time('15:30'),
    capacity: 1,
  });
  await story.post('Yann accepts, and books it', `/request-lines/${line.id}/moves`, { move: 'accept', pickupSlotId: slot.id }, 200);
  const { body } = await story.get(`/request-lines/${line.id}`);
  story.check(
    'the laptop is held for him until that day',
    ['accepted', slot.id],
    [body.state, (await story.get(`/offers/${offer.id}`)).body.pickupSlotId],
  );
}
