import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, expectStatus } from '../support/api.js';
import { aDevice, aDeviceModel, aHousehold, anOffer, aPickupSlot, aRequest, aSite } from '../support/builders.js';
import { expectLedgerWithoutFaults } from '../support/ledger.js';
import { NoticesFixture } from '../support/notices-fixture.js';
import { gatewaySettings } from '../support/sms-gateway.js';
import { until } from '../support/until.js';
import { LONG_MS, REPEATS } from '../support/thorough.js';

// Jobs plan notices while people go on working: two who plan for one thing leave one plan.

const SIDE_BY_SIDE = 10;

type Body = Answer['body'];

const fixture = new NoticesFixture();

/** Each of them, some at a time. */
async function each<T>(things: readonly T[], work: (thing: T, index: number) => Promise<unknown>): Promise<void> {
  const waiting = [...things.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}
const jobsDone = () =>
  until(
    'every job is done',
    async () =>
      (
        await fixture.ask<{ left: number }>(`SELECT count(*)::integer AS left FROM outbox WHERE done_at IS NULL AND due_at <= $1`, [
          fixture.clock.now(),
        ])
      )[0]?.left === 0,
    120_000,
  );

describe('a loan that two do something about', () => {
  let loans: { id: string; version: number; tag: string; site: string }[];
  beforeEach(async () => {
    await fixture.families(REPEATS);
    loans = await fixture.ask(
      `SELECT l.id, l.version, d.asset_tag AS tag, l.site_id AS site FROM loans l JOIN loan_items i ON i.loan_id = l.id JOIN devices d ON d.id = i.device_id
       WHERE l.council_id = $1 ORDER BY l.id`,
      [fixture.council.id],
    );
    expect([loans.length, await fixture.count(`state = 'scheduled'`)]).toEqual([REPEATS, REPEATS]);
    await fixture.start();
  }, LONG_MS);

  const api = () => fixture.council.api;
  const recall = ({ id }: { id: string }, dueOn = '2026-11-20') =>
    api().post(`/loans/${id}/recall`, { dueOn, reason: 'Rappel du fabricant' });
  const giveBack = ({ tag, site }: { tag: string; site: string }) =>
    api().post('/returns', { assetTag: tag, conditionIn: 'good', siteId: site });
  const changeDueDay = ({ id, version }: { id: string; version: number }) =>
    api().put(`/loans/${id}/due-date`, version, { dueOn: '2026-12-14', reason: 'Stage prolongé' });
  /** Of closed loans none; of open ones one, of the day on which they are due. */
  const wrongPlans = () =>
    fixture.ask(
      `SELECT l.state, l.due_on::text, array_agg(n.about) AS planned FROM loans l
       LEFT JOIN notices n ON n.loan_id = l.id AND n.trigger = 'loan_due' AND n.state = 'scheduled' WHERE l.council_id = $1
       GROUP BY l.id, l.state, l.due_on
       HAVING count(n.id) <> CASE l.state WHEN 'open' THEN 1 ELSE 0 END OR max(n.about) <> l.due_on::text`,
      [fixture.council.id],
    );

  test(
    'recalled and brought back at once: nothing stays planned',
    async () => {
      await each(loans, (loan) => Promise.all([recall(loan), giveBack(loan)]));
      await jobsDone();
      expect(await wrongPlans()).toEqual([]);
    },
    LONG_MS,
  );

  test(
    'given another day, then recalled: the reminder of its last day alone',
    async () => {
      await each(loans, async (loan) => {
        expectStatus(await changeDueDay(loan), 200);
        expectStatus(await recall(loan), 200);
      });
      await jobsDone();
      expect(await wrongPlans()).toEqual([]);
    },
    LONG_MS,
  );

  test(
    'renewed, then brought back: nothing stays planned',
    async () => {
      await each(loans, async (loan) => {
        expectStatus(await api().post(`/loans/${loan.id}/renewals`, { override: { reason: 'Une autre famille attend' } }), 200);
        expectStatus(await giveBack(loan), 200);
      });
      await jobsDone();
      expect(await wrongPlans()).toEqual([]);
    },
    LONG_MS,
  );

  /** What was done of two things, and why the other was not. */
  const outcomes = (answers: readonly Answer[]) => answers.map(({ status, body }) => (status < 300 ? 'done' : (body.code as string)));

  test(
    'renewed and brought back at once: renewed before, or not at all; nothing stays planned',
    async () => {
      const renew = ({ id }: { id: string }) => api().post(`/loans/${id}/renewals`, { override: { reason: 'Une autre famille attend' } });
      await each(loans, async (loan, index) => {
        const [renewed, returned] =
          index % 2 === 0 ? await Promise.all([renew(loan), giveBack(loan)]) : (await Promise.all([giveBack(loan), renew(loan)])).reverse();
        expect(['done', 'LOAN_CLOSED']).toContain(outcomes([renewed!])[0]);
        expect(outcomes([returned!])).toEqual(['done']);
      });
      await jobsDone();
      expect(await wrongPlans()).toEqual([]);
      await expectLedgerWithoutFaults(fixture.app);
    },
    LONG_MS,
  );

  test(
    'a device of it exchanged and brought back at once: it goes on with the other, or is closed, and is reminded of only where it goes on',
    async () => {
      const items = await fixture.ask<{ loan: string; item: string; model: string }>(
        `SELECT i.loan_id AS loan, i.id AS item, d.model_id AS model FROM loan_items i JOIN devices d ON d.id = i.device_id WHERE i.council_id = $1`,
        [fixture.council.id],
      );
      await each(loans, async (loan, index) => {
        const { item: itemId, model: modelId } = items.find((each) => each.loan === loan.id)!;
        const { id: deviceId } = await aDevice(api(), { siteId: loan.site, modelId });
        const said = { itemId, deviceId, conditionIn: 'damaged', conditionOut: 'good', reason: 'Cassé' };
        const exchange = () => api().post(`/loans/${loan.id}/exchanges`, said);
        const [exchanged, returned] =
          index % 2 === 0 ? await Promise.all([exchange(), giveBack(loan)]) : (await Promise.all([giveBack(loan), exchange()])).reverse();
        const first = exchanged!.status === 200;
        expect(outcomes([exchanged!, returned!])).toEqual(first ? ['done', 'DEVICE_NOT_ON_LOAN'] : ['ITEM_NOT_ON_LOAN', 'done']);
        expect(expectStatus(await api().get(`/loans/${loan.id}`), 200).state).toBe(first ? 'open' : 'closed');
      });
      await jobsDone();
      expect(await wrongPlans()).toEqual([]);
      await expectLedgerWithoutFaults(fixture.app);
    },
    LONG_MS,
  );

  test(
    'while the policy is changed again and again: each at the hour that it says last',
    async () => {
      const policies = (async () => {
        for (let version = 2; version < 8; version += 1) await fixture.remind({ reminderTime: `1${version}:30` }, version);
      })();
      await Promise.all([policies, each(loans, (loan) => changeDueDay(loan))]);
      await jobsDone();
      expect(await wrongPlans()).toEqual([]);
      const hours = await fixture.ask(
        `SELECT DISTINCT to_char(planned_at AT TIME ZONE 'Europe/Paris', 'HH24:MI') AS hour FROM notices WHERE state = 'scheduled' AND trigger = 'loan_due'`,
      );
      expect(hours).toEqual([{ hour: '17:30' }]);
    },
    LONG_MS,
  );
});

describe('an appointment', () => {
  let offers: Body[];
  let slots: [Body, Body];
  beforeEach(async () => {
    const { api } = fixture.council;
    const once = { everyDays: null, times: 1, channels: ['email'] };
    const rules = [
      { trigger: 'pickup_booked', when: 'at', days: 0, ...once },
      { trigger: 'pickup_tomorrow', when: 'before', days: 1, ...once },
    ];
    expectStatus(await api.put('/notice-policies', null, { rules }), 200);
    const site = await aSite(api);
    const modelId = (await aDeviceModel(api)).id;
    slots = [await slotOn(site.id, '2026-11-05'), await slotOn(site.id, '2026-11-06')];
    offers = [];
    await each(Array.from({ length: REPEATS }), async () => {
      const { lines } = await aRequest(api, (await aHousehold(api, { contacts: [nadia] })).id);
      offers.push(await anOffer(api, lines[0].id, (await aDevice(api, { siteId: site.id, modelId })).id));
    });
    await fixture.app.drain();
    await fixture.start();
  }, LONG_MS);

  const nadia = { name: 'Nadia B.', relationship: 'parent', email: 'nadia@example.org', language: 'fr', notify: true };
  const slotOn = (siteId: string, day: string) =>
    aPickupSlot(fixture.council.api, siteId, { startsAt: `${day}T13:00:00.000Z`, endsAt: `${day}T14:00:00.000Z`, capacity: 1000 });
  const book = async (offer: Body, move: 'accept' | 'rebook', slot: Body) =>
    expectStatus(await fixture.council.api.post(`/request-lines/${offer.lineId}/moves`, { move, pickupSlotId: slot.id }), 200);
  const told = () =>
    fixture.ask<{ offer: string; about: string; trigger: string; notices: number }>(
      `SELECT offer_id AS offer, about, trigger, count(*)::integer AS notices FROM notices WHERE council_id = $1 AND state <> 'dropped' AND trigger LIKE 'pickup%'
       GROUP BY 1, 2, 3`,
      [fixture.council.id],
    );

  test(
    'that is booked again in the same slot is told once',
    async () => {
      await each(offers, async (offer) => {
        await book(offer, 'accept', slots[0]);
        await book(offer, 'rebook', slots[0]);
      });
      await jobsDone();
      const rows = await told();
      expect([rows.length, rows.filter(({ notices }) => notices !== 1)]).toEqual([2 * REPEATS, []]);
    },
    LONG_MS,
  );

  test(
    'that is moved before anybody was told is told once, as it is',
    async () => {
      await each(offers, async (offer) => {
        await book(offer, 'accept', slots[0]);
        await book(offer, 'rebook', slots[1]);
      });
      await jobsDone();
      const rows = await told();
      expect(rows.filter(({ notices }) => notices !== 1)).toEqual([]);
      expect(rows.filter(({ about }) => about === slots[1].id).length).toBe(2 * REPEATS);
      // The other slot may have been told while it was booked; no reminder of it is left.
      expect(rows.filter(({ about, trigger }) => about === slots[0].id && trigger === 'pickup_tomorrow')).toEqual([]);
    },
    LONG_MS,
  );

  test(
    'that comes back to its first slot is told again',
    async () => {
      const [offer] = offers as [Body];
      for (const [move, slot] of [
        ['accept', slots[0]],
        ['rebook', slots[1]],
        ['rebook', slots[0]],
      ] as const) {
        await book(offer, move, slot);
        await jobsDone();
      }
      const booked = await fixture.ask(`SELECT about FROM notices WHERE offer_id = $1 AND trigger = 'pickup_booked' ORDER BY id`, [
        offer.id,
      ]);
      expect(booked.map((row) => (row as { about: string }).about)).toEqual([slots[0].id, slots[1].id, slots[0].id]);
      const left = await fixture.ask(
        `SELECT about FROM notices WHERE offer_id = $1 AND trigger = 'pickup_tomorrow' AND state = 'scheduled'`,
        [offer.id],
      );
      expect(left).toEqual([{ about: slots[0].id }]);
    },
    LONG_MS,
  );
});

describe('a contact that changes while a reminder is under way', () => {
  interface Contact {
    readonly household: string;
    readonly contact: string;
    readonly version: number;
    readonly phone: string;
  }
  const somebody = { name: 'Nadia B.', relationship: 'parent', email: null, notify: true };
  /** Another number, which no other family has, and another language. */
  const changed = ({ phone }: Contact) => ({ ...somebody, phone: phone.replace('+3360', '+3367'), language: 'en' });
  const change = (of: Contact) =>
    fixture.council.api.patch(`/households/${of.household}`, of.version, { contacts: [{ ...changed(of), id: of.contact }] });
  const contacts = () =>
    fixture.ask<Contact>(
      `SELECT h.id AS household, p.id AS contact, h.version, p.phone FROM households h JOIN contacts p ON p.household_id = h.id
       WHERE h.council_id = $1 ORDER BY h.id`,
      [fixture.council.id],
    );
  beforeEach(async () => {
    expectStatus(await fixture.council.api.put('/sms-gateway', null, gatewaySettings(fixture.gateway.url)), 200);
    await fixture.families(REPEATS, { ...somebody, phone: '+33600000000', language: 'fr' }, { channels: ['sms'] });
  }, LONG_MS);

  test(
    'is reminded once: where it was in the words of then, or where it is now in those of now',
    async () => {
      const families = await contacts();
      await fixture.start();
      fixture.dueNow();
      // Each of the changes falls at another point of the way that the reminders go.
      await each(families, async (family) => expectStatus(await change(family), 200));
      await fixture.untilThereAre(REPEATS, `state = 'sent'`, 120_000);
      await jobsDone();

      const kept = await fixture.ask<{ notice: string; household: string; language: string; body: string }>(
        `SELECT n.id AS notice, n.household_id AS household, t.language, t.body
         FROM notices n JOIN message_texts t ON t.notice_id = n.id WHERE n.trigger = 'loan_due'`,
      );
      expect(kept).toHaveLength(REPEATS);
      const wrong = kept.filter(({ notice, household, language, body }) => {
        const came = fixture.gateway.sent.filter((sms) => sms.body.id === notice);
        const before = families.find((family) => family.household === household)!;
        const to = language === 'fr' ? before.phone : changed(before).phone;
        return came.length !== 1 || came[0]!.body.to !== to || came[0]!.body.text !== body;
      });
      expect(wrong).toEqual([]);
    },
    LONG_MS,
  );
});
