import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/shared/ids.js';
import { type Answer, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aLoan, anOffer, aPickupSlot, aRequest, aSite } from '../support/builders.js';
import { aCouncil, aFamily, aPerson, type TestCouncil } from '../support/people.js';

type Body = Answer['body'];

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  expectStatus(await council.api.patch('/council', 1, { openToFamilies: true, name: 'Gonesse' }), 200);
});

type Fields = Readonly<Record<string, string>>;

interface Shown {
  readonly status: number;
  readonly type: string | null;
  readonly location: string | null;
  readonly text: string;
}

async function shown(answer: Response): Promise<Shown> {
  const { status, headers } = answer;
  // In French, a blank that holds two words together is as good as another.
  return {
    status,
    type: headers.get('content-type'),
    location: headers.get('location'),
    text: (await answer.text()).replaceAll('\u00A0', ' '),
  };
}

interface Browser {
  readonly open: (path: string) => Promise<Shown>;
  readonly send: (path: string, fields?: Fields) => Promise<Shown>;
}

/** The browser of somebody who is signed in, or, without a token, of nobody. */
function browserOf({ cookie = '', 'x-csrf-token': token = '' }: Readonly<Record<string, string>>): Browser {
  const headers = { 'accept-language': 'fr', cookie, origin: app.url };
  return {
    open: async (path) => shown(await fetch(app.url + path, { headers, redirect: 'manual' })),
    send: async (path, fields = {}) =>
      shown(await fetch(app.url + path, { method: 'POST', body: new URLSearchParams({ token, ...fields }), headers, redirect: 'manual' })),
  };
}

async function aFamilysBrowser(household: Body, number = 0): Promise<Browser> {
  return browserOf((await aFamily(app, council.id, household as never, number)).headers);
}

/** A family that has asked for a computer. */
async function aWaitingFamily(overrides: Body = {}) {
  const household = await aHousehold(council.api, overrides);
  const { lines } = await aRequest(council.api, household.id as string, { submit: true });
  return { household, lineId: (lines as Body[])[0]?.id as string, browser: await aFamilysBrowser(household) };
}

/** A family for which a laptop is held, at a site with one time to come. */
async function anOfferedFamily() {
  const family = await aWaitingFamily();
  const site = await aSite(council.api, { name: 'Médiathèque' });
  const slot = await aPickupSlot(council.api, site.id as string);
  const device = await aDevice(council.api, { siteId: site.id });
  const offer = await anOffer(council.api, family.lineId, device.id as string);
  return { ...family, offerId: offer.id as string, slotId: slot.id as string };
}

/** A router on loan, which fulfils no request for a computer. */
async function aRouterOnLoan(household: Body, overrides: Body = {}) {
  const siteId = (overrides.siteId ?? (await aSite(council.api)).id) as string;
  const model = await aDeviceModel(council.api, { category: 'router' });
  const device = await aDevice(council.api, { siteId, modelId: model.id });
  return aLoan(council.api, { householdId: household.id, siteId, items: [{ deviceId: device.id, conditionOut: 'good' }] });
}

async function aBorrowingFamily() {
  const household = await aHousehold(council.api);
  const loan = await aLoan(council.api, { householdId: household.id });
  const itemId = (loan.items as Body[])[0]?.id as string;
  return { household, loan, loanId: loan.id as string, itemId, browser: await aFamilysBrowser(household) };
}

const h1Of = ({ text }: Shown) => /<h1[^>]*>(.*?)<\/h1>/s.exec(text)?.[1];
const stateOf = async (lineId: string) => expectStatus(await council.api.get(`/request-lines/${lineId}`), 200).state as string;
const loanOf = async (id: string) => expectStatus(await council.api.get(`/loans/${id}`), 200);

describe('the file', () => {
  test('leads to asking when nothing was asked for', async () => {
    const browser = await aFamilysBrowser(await aHousehold(council.api));
    const { status, text } = await browser.open('/f');
    expect(status).toBe(200);
    expect(text).toContain('Vous n’avez rien demandé');
    expect(text).toContain('<a class="button" href="/f/request">');
  });

  test('says where a line stands, and which place it has among how many', async () => {
    await aWaitingFamily();
    const { browser, lineId } = await aWaitingFamily();
    const { text } = await browser.open('/f');
    expect(text).toMatch(/<b class="rank">[12]<\/b>.*sur 2 en attente/s);
    expect(text).toMatch(/<li class="done">Demande reçue<\/li><li class="now" aria-current="step">Votre tour approche/);
    expect(text).toContain(`href="/f/requests/lines/${lineId}"`);
  });

  test('shows an offer first, and the loans by their day', async () => {
    const { browser, household, offerId } = await anOfferedFamily();
    const loan = await aRouterOnLoan(household);
    const { text } = await browser.open('/f');
    expect(text.indexOf(`/f/offers/${offerId}`)).toBeGreaterThan(0);
    expect(text.indexOf(`/f/offers/${offerId}`)).toBeLessThan(text.indexOf(`/f/loans/${loan.id as string}`));
    expect(text).toMatch(/Répondez au plus tard \p{L}+ \d+ \p{L}+\./u);
    expect(text).toMatch(/À rendre au plus tard/);
  });

  test('says that a loan is late', async () => {
    const { browser } = await aBorrowingFamily();
    expect((await browser.open('/f')).text).not.toContain('En retard');
    app.clock.moveTo(new Date('2028-01-10T08:00:00Z'));
    expect((await browser.open('/f')).text).toContain('En retard');
  });

  test('shows its own details, and never those of the other parent', async () => {
    const contacts = [
      { name: 'Nadia B.', relationship: 'parent', phone: '+33612345601' },
      { name: 'Karim C.', relationship: 'parent', phone: '+33612345602', email: 'karim@example.org' },
    ];
    const { browser, household, lineId } = await aWaitingFamily({ contacts });
    const other = await aFamilysBrowser(household, 1);
    for (const path of ['/f', '/f/details', '/f/plan', `/f/requests/lines/${lineId}`]) {
      const [mine, theirs] = [await browser.open(path), await other.open(path)];
      expect([path, mine.status, theirs.status]).toEqual([path, 200, 200]);
      expect(mine.text).not.toMatch(/Karim|345602|karim@/);
      expect(theirs.text).not.toMatch(/Nadia|345601/);
    }
    expect((await browser.open('/f/details')).text).toContain('+33612345601');
  });

  test('has the week of the family', async () => {
    const { browser } = await aWaitingFamily();
    const { status, text } = await browser.open('/f/plan');
    expect(status).toBe(200);
    expect(text).toMatch(/class="plan card"/);
  });
});

describe('a line', () => {
  test('is explained, each fact with where it comes from', async () => {
    const { browser, lineId } = await aWaitingFamily();
    const { text } = await browser.open(`/f/requests/lines/${lineId}`);
    expect(text).toMatch(/déclaré par la famille|calculé par Passerelle/);
    expect(text).toContain('Quelque chose est faux ?');
  });

  test('is withdrawn once, however often the form is sent', async () => {
    const { browser, lineId } = await aWaitingFamily();
    const at = `/f/requests/lines/${lineId}`;
    for (let times = 0; times < 2; times++) {
      const done = await browser.send(`${at}/withdraw`);
      expect([done.status, done.location]).toEqual([303, `${at}?done=doneMoved`]);
    }
    expect(await stateOf(lineId)).toBe('withdrawn');
    expect((await browser.open(`${at}?done=doneMoved`)).text).toContain('C’est fait.');
    const late = await browser.send(`${at}/resume`);
    expect(late.status).toBe(422);
    expect(late.text).toContain('Ce n’est plus possible');
  });

  test('waits again after a pause', async () => {
    const { browser, lineId } = await aWaitingFamily();
    expectStatus(await council.api.post(`/request-lines/${lineId}/moves`, { move: 'suspend', reason: 'Voyage', until: '2026-12-01' }), 200);
    expect((await browser.open('/f')).text).toContain('En pause jusqu’au mardi 1 décembre');
    expect((await browser.send(`/f/requests/lines/${lineId}/resume`)).status).toBe(303);
    expect(await stateOf(lineId)).toBe('waiting');
  });

  test('is appealed with words of one’s own, which come back where they are too many', async () => {
    const { browser, lineId } = await aWaitingFamily();
    const at = `/f/requests/lines/${lineId}`;
    expectStatus(await council.api.post(`/request-lines/${lineId}/moves`, { move: 'refuse', reason: 'Déjà équipés' }), 200);
    const long = await browser.send(`${at}/appeal`, { reason: `<b>${'a'.repeat(2000)}` });
    expect(long.status).toBe(422);
    expect(long.text).toContain('value="&lt;b>aaa');
    expect(long.text).toMatch(/<a href="#field-reason">Écrivez 2.000 signes au plus/u);
    for (let times = 0; times < 2; times++) expect((await browser.send(`${at}/appeal`, { reason: 'Il est cassé 😀' })).status).toBe(303);
    const { text } = await browser.open(at);
    expect(text).toContain('Vous avez demandé qu’on regarde encore.');
    expect(text).not.toContain(`${at}/appeal`);
  });
});

describe('an offer', () => {
  test('is accepted with a time, which is changed and goes into a calendar', async () => {
    const { browser, lineId, offerId, slotId } = await anOfferedFamily();
    const at = `/f/offers/${offerId}`;
    const { text } = await browser.open(at);
    expect(text).toContain('Médiathèque');
    expect(text).toContain('mercredi 4 novembre, 09:00–09:30');
    const none = await browser.send(`${at}/accept`);
    expect([none.status, none.text.includes('#field-slot">Choisissez une réponse.')]).toEqual([422, true]);
    expect((await browser.open(`${at}/calendar.ics`)).status).toBe(404);
    for (let times = 0; times < 2; times++) {
      const done = await browser.send(`${at}/accept`, { slot: slotId });
      expect([done.status, done.location]).toEqual([303, `${at}?done=doneMoved`]);
    }
    expect(await stateOf(lineId)).toBe('accepted');
    expect((await browser.open(at)).text).toContain('Vous venez : mercredi 4 novembre, 09:00–09:30.');
    const calendar = await browser.open(`${at}/calendar.ics`);
    expect(calendar.type).toContain('text/calendar');
    expect(calendar.text).toContain('DTSTART:20261104T080000Z\r\n');
    expect(calendar.text).not.toContain(offerId);
    expect((await browser.send(`${at}/rebook`, { slot: slotId })).status).toBe(303);
  });

  test('is accepted for any day', async () => {
    const { browser, offerId, lineId } = await anOfferedFamily();
    expect((await browser.send(`/f/offers/${offerId}/accept`, { slot: 'any' })).status).toBe(303);
    expect(await stateOf(lineId)).toBe('accepted');
    expect((await browser.open(`/f/offers/${offerId}`)).text).toContain('Aucune heure n’est choisie.');
  });

  test('says why a time cannot be taken, and keeps what was chosen', async () => {
    const { browser, offerId } = await anOfferedFamily();
    const elsewhere = await aPickupSlot(council.api, (await aSite(council.api)).id as string);
    const refused = await browser.send(`/f/offers/${offerId}/accept`, { slot: elsewhere.id as string });
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/role="alert"/);
  });

  test.each([
    ['wait', 'waiting'],
    ['stop', 'withdrawn'],
  ])('is declined once: %s', async (then, state) => {
    const { browser, offerId, lineId } = await anOfferedFamily();
    const at = `/f/offers/${offerId}`;
    expect((await browser.send(`${at}/decline`)).text).toContain('#field-then');
    for (let times = 0; times < 2; times++) {
      const done = await browser.send(`${at}/decline`, { then });
      expect([done.status, done.location]).toEqual([303, '/f?done=doneMoved']);
    }
    expect(await stateOf(lineId)).toBe(state);
    expect((await browser.open(at)).text).toContain('n’est plus gardé pour vous');
    expect((await browser.send(`${at}/accept`, { slot: 'any' })).status).toBe(422);
  });
});

describe('a loan', () => {
  test('is renewed once by the same form, and says every reason when it is not', async () => {
    const { browser, loan, loanId } = await aBorrowingFamily();
    const at = `/f/loans/${loanId}`;
    const form = { version: String(loan.version), renewals: '0' };
    expect((await browser.send(`${at}/renew`)).status).toBe(422);
    for (let times = 0; times < 2; times++) {
      const done = await browser.send(`${at}/renew`, form);
      expect([done.status, done.location]).toEqual([303, `${at}?done=doneRenewed`]);
    }
    expect(await loanOf(loanId)).toMatchObject({ renewals: 1 });
    app.clock.moveTo(new Date('2029-01-10T08:00:00Z'));
    const { version, renewals } = await loanOf(loanId);
    const refused = await browser.send(`${at}/renew`, { version: String(version), renewals: String(renewals) });
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/role="alert".*Le jour de retour est passé/s);
  });

  test('is said to be back', async () => {
    const { browser, loanId, itemId } = await aBorrowingFamily();
    const at = `/f/loans/${loanId}`;
    const empty = await browser.send(`${at}/items/${itemId}/brought-back`, { [`where-${itemId}`]: ' ' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain(`#field-where-${itemId}">Écrivez quelques mots.`);
    for (let times = 0; times < 2; times++) {
      const done = await browser.send(`${at}/items/${itemId}/brought-back`, { [`where-${itemId}`]: 'Médiathèque, lundi' });
      expect([done.status, done.location]).toEqual([303, `${at}?done=doneClaimed`]);
    }
    const { data } = expectStatus(await council.api.get('/incidents'), 200);
    expect(data).toMatchObject([{ kind: 'claimed_returned', itemId, description: 'Médiathèque, lundi' }]);
  });

  test.each(['lost', 'stolen', 'broken'])('is said to be %s, once', async (kind) => {
    const { browser, loanId, itemId } = await aBorrowingFamily();
    const at = `/f/loans/${loanId}`;
    const typed = { [`story-${itemId}`]: 'Dans le bus', [`police-${itemId}`]: '2026/04512' };
    const without = await browser.send(`${at}/items/${itemId}/trouble`, typed);
    expect(without.status).toBe(422);
    expect(without.text).toContain('value="Dans le bus"');
    expect(without.text).toContain(`#field-kind-${itemId}`);
    for (let times = 0; times < 2; times++) {
      const done = await browser.send(`${at}/items/${itemId}/trouble`, { ...typed, [`kind-${itemId}`]: kind });
      expect([done.status, done.location]).toEqual([303, `${at}?done=doneReported`]);
    }
    expect(expectStatus(await council.api.get('/incidents'), 200).data).toHaveLength(1);
    expect((await browser.open(at)).status).toBe(200);
  });
});

describe('others', () => {
  test('find nothing: another family, one of another council, staff and nobody', async () => {
    const { browser, lineId, offerId, household } = await anOfferedFamily();
    const loan = await aRouterOnLoan(household);
    const itemId = (loan.items as Body[])[0]?.id as string;
    const pages = ['/f', '/f/plan', '/f/details'];
    const things = [
      `/f/requests/lines/${lineId}`,
      `/f/offers/${offerId}`,
      `/f/offers/${offerId}/calendar.ics`,
      `/f/loans/${loan.id as string}`,
    ];
    const forms: [string, Fields][] = [
      [`/f/requests/lines/${lineId}/withdraw`, {}],
      [`/f/requests/lines/${lineId}/resume`, {}],
      [`/f/requests/lines/${lineId}/appeal`, {}],
      [`/f/offers/${offerId}/accept`, { slot: 'any' }],
      [`/f/offers/${offerId}/rebook`, { slot: newId() }],
      [`/f/offers/${offerId}/decline`, { then: 'stop' }],
      [`/f/loans/${loan.id as string}/renew`, { version: '1', renewals: '0' }],
      [`/f/loans/${loan.id as string}/items/${itemId}/brought-back`, { [`where-${itemId}`]: 'x' }],
      [`/f/loans/${loan.id as string}/items/${itemId}/trouble`, { [`kind-${itemId}`]: 'lost', [`story-${itemId}`]: 'x' }],
    ];
    const neighbour = await aFamilysBrowser(await aHousehold(council.api));
    const elsewhere = await aCouncil(app);
    expectStatus(await elsewhere.api.patch('/council', 1, { openToFamilies: true }), 200);
    const stranger = browserOf((await aFamily(app, elsewhere.id, (await aHousehold(elsewhere.api)) as never)).headers);
    for (const other of [neighbour, stranger]) {
      for (const path of things) expect([path, (await other.open(path)).status]).toEqual([path, 404]);
      for (const [path, fields] of forms) expect([path, (await other.send(path, fields)).status]).toEqual([path, 404]);
      for (const path of pages) expect((await other.open(path)).text).not.toContain(household.reference as string);
    }
    const staff = await aPerson(app, council.id, 'council_manager');
    for (const outside of [browserOf({}), browserOf(staff.headers)]) {
      for (const path of [...pages, ...things]) {
        const { status, location } = await outside.open(path);
        expect([status, location]).toEqual([303, `/f/sign-in?next=${encodeURIComponent(path)}`]);
      }
      for (const [path, fields] of forms) expect([path, (await outside.send(path, fields)).status]).toEqual([path, 401]);
    }
    expect([await stateOf(lineId), (await loanOf(loan.id as string)).renewals]).toEqual(['offered', 0]);
    expect((await browser.open(`/f/offers/${offerId}`)).status).toBe(200);
  });

  test('no markup that is stored is shown as markup', async () => {
    const evil = '"><script>alert(1)</script>';
    const shownAs = '&quot;>&lt;script>alert(1)&lt;/script>';
    const address = { line1: evil, line2: evil, postalCode: '95500', city: evil, country: 'FR' };
    const household = await aHousehold(council.api, {
      contacts: [{ name: evil, relationship: 'parent', address }],
      learners: [{ givenName: evil, familyName: evil, level: 'college', className: evil.slice(0, 20) }],
      equipment: [{ category: 'tablet', label: evil }],
    });
    const browser = await aFamilysBrowser(household);
    const { lines } = await aRequest(council.api, household.id as string, { submit: true });
    const lineId = (lines as Body[])[0]?.id as string;
    const site = await aSite(council.api, { name: evil, address });
    const device = await aDevice(council.api, { siteId: site.id });
    const offer = await anOffer(council.api, lineId, device.id as string);
    const loan = await aRouterOnLoan(household, { siteId: site.id });
    const paths = [
      '/f',
      '/f/plan',
      '/f/details',
      `/f/requests/lines/${lineId}`,
      `/f/offers/${offer.id as string}`,
      `/f/loans/${loan.id as string}`,
    ];
    for (const path of paths) {
      const { status, text } = await browser.open(path);
      expect([path, status, /<script/.test(text)]).toEqual([path, 200, false]);
    }
    expect((await browser.open('/f')).text).toContain(shownAs);
    expect(h1Of(await browser.open('/f'))).toContain('&lt;script>');
  });
});
