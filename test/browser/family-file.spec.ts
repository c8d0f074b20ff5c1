import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { type Answer, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aLoan, anOffer, aPickupSlot, aRequest, aSite } from '../support/builders.js';
import { testWithChromium } from '../support/chromium.js';
import { closeBrowser, DESK, expectGood, PHONE, scales, SHOTS, visiting } from '../support/family-browser.js';
import { aCouncil, aFamily } from '../support/people.js';

type Body = Answer['body'];

let app: TestApp;
/** The cookies of three families: one waits and has two loans, one is offered a device, one has asked for nothing. */
let families: Record<'waiting' | 'offered' | 'new', string>;
let ids: { line: string; refused: string; loan: string; offer: string };
beforeAll(async () => {
  app = await startTestApp();
  app.clock.moveTo(START);
  const { api, id: councilId } = await aCouncil(app);
  expectStatus(await api.patch('/council', 1, { openToFamilies: true, name: 'Département de démonstration' }), 200);
  const openingHours = [1, 3, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:30' }));
  const site = await aSite(api, { name: 'Collège Jean-Moulin, accueil du rez-de-chaussée', openingHours });
  const learners = ['Amal', 'Idris', 'Sara-Maria-Magdalena'].map((givenName) => ({ givenName, familyName: 'Bencheikh', level: 'college' }));
  const household = await aHousehold(api, {
    learners,
    equipment: [{ category: 'smartphone', label: 'téléphone de maman' }],
    connectivity: { kind: 'mobile' },
    homeAlone: true,
  });
  const { lines } = await aRequest(api, household.id as string, { submit: true });
  const other = await aRequest(api, household.id as string, {
    lines: [{ class: 'accessory', learnerIds: [(household.learners as Body[])[0]?.id], acceptableCategories: ['printer'] }],
  });
  const refused = (other.lines as Body[])[0]?.id as string;
  expectStatus(await api.post(`/request-lines/${refused}/moves`, { move: 'refuse', reason: 'Il n’y a plus d’imprimantes à prêter' }), 200);
  const model = await aDeviceModel(api, { category: 'router' });
  const router = await aDevice(api, { siteId: site.id, modelId: model.id });
  const loan = await aLoan(api, { householdId: household.id, siteId: site.id, items: [{ deviceId: router.id, conditionOut: 'good' }] });
  const second = await aHousehold(api);
  const asked = await aRequest(api, second.id as string, { submit: true });
  await aPickupSlot(api, site.id as string);
  await aPickupSlot(api, site.id as string, { startsAt: '2026-11-04T09:00:00.000Z', endsAt: '2026-11-04T09:30:00.000Z' });
  const laptop = await aDevice(api, { siteId: site.id });
  const offer = await anOffer(api, (asked.lines as Body[])[0]?.id as string, laptop.id as string);
  const cookieOf = async (family: Body) => (await aFamily(app, councilId, family as never)).headers.cookie ?? '';
  families = {
    waiting: await cookieOf(household),
    offered: await cookieOf(second),
    new: await cookieOf(await aHousehold(api, { contacts: [{ name: 'Maria-Magdalena Bencheikh-Vandenbroucke', relationship: 'parent' }] })),
  };
  ids = { line: (lines as Body[])[0]?.id as string, refused, loan: loan.id as string, offer: offer.id as string };
  mkdirSync(SHOTS, { recursive: true });
});
afterAll(async () => {
  await closeBrowser();
  await app.close();
});

/** Everything that can be opened is open, so that all of it is looked at. */
const OPEN_ALL = `document.querySelectorAll('main details').forEach((each) => (each.open = true))`;

const pages = (): readonly (readonly [name: string, family: keyof typeof families, path: string])[] => [
  ['file', 'waiting', '/f'],
  ['file-new', 'new', '/f'],
  ['file-offered', 'offered', '/f?done=doneMoved'],
  ['line', 'waiting', `/f/requests/lines/${ids.line}`],
  ['line-refused', 'waiting', `/f/requests/lines/${ids.refused}`],
  ['offer', 'offered', `/f/offers/${ids.offer}`],
  ['loan', 'waiting', `/f/loans/${ids.loan}`],
  ['week', 'waiting', '/f/plan'],
  ['details', 'waiting', '/f/details'],
];

const LOOKS = [
  ['fr', 'light', PHONE],
  ['ar', 'dark', PHONE],
  ['fr', 'dark', DESK],
] as const;

describe.each(LOOKS)('the file of a family in %s, %s, %j', (locale, colorScheme, viewport) => {
  testWithChromium('every page is good to read and to touch, and light', async () => {
    for (const [name, family, path] of pages()) {
      const options = { family: { cookie: families[family], url: app.url }, locale, colorScheme, viewport };
      await visiting(options, async ({ page, complaints }) => {
        const weigh = await scales(page);
        await weigh(name, async () => expect([name, (await page.goto(app.url + path))?.status()]).toEqual([name, 200]));
        await expectGood(page, name);
        const shot = (part: string) => new URL(`my-${name}${part}-${locale}-${colorScheme}-${viewport.width}.png`, SHOTS).pathname;
        await page.screenshot({ path: shot(''), fullPage: true });
        await page.evaluate(OPEN_ALL);
        await expectGood(page, `${name}, all open`);
        if (await page.locator('main details').count()) await page.screenshot({ path: shot('-open'), fullPage: true });
        expect(complaints).toEqual([]);
      });
    }
  });
});

describe('with a thumb only', () => {
  testWithChromium('a form that is wrong comes back with what was typed, and then goes through', async () => {
    const family = { cookie: families.waiting, url: app.url };
    await visiting({ family, locale: 'fr', viewport: PHONE, javaScriptEnabled: false }, async ({ page }) => {
      await page.goto(`${app.url}/f/loans/${ids.loan}`);
      await page.click('text=Perdu, volé ou cassé');
      await page.fill('[name^=story]', 'Tombé dans l’escalier');
      await page.click('text=Envoyer');
      expect(await page.locator('.wrongs a').allTextContents()).toEqual(['Choisissez une réponse.']);
      expect(await page.inputValue('[name^=story]')).toBe('Tombé dans l’escalier');
      await page.check('[value=broken]');
      await page.click('text=Envoyer');
      expect(await page.locator('[role=status]').textContent()).toContain('Merci');
    });
  });
});
