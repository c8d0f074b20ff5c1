import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { day, instantAt } from '../../src/shared/day.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, aLoan, anOffer, aPickupSlot, aRequest } from '../support/builders.js';
import { aCouncil } from '../support/people.js';
import { gatewaySettings, startSmsGateway, type TestGateway } from '../support/sms-gateway.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
let smtp: SmtpSink;
let gateway: TestGateway;
let api: Api;
beforeAll(async () => {
  smtp = await startSmtpSink();
  gateway = await startSmsGateway();
  app = await startTestApp({ SMTP_URL: smtp.url, WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' });
});
beforeEach(async () => {
  // What earlier tests planned would leave in this one.
  app.clock.moveTo(new Date('2030-01-01T08:00:00Z'));
  await app.drain();
  app.clock.moveTo(START);
  ({ api } = await aCouncil(app));
  expectStatus(await api.put('/sms-gateway', null, gatewaySettings(gateway.url)), 200);
  smtp.mails.length = 0;
  gateway.sent.length = 0;
});
afterAll(async () => {
  await app.close();
  await smtp.close();
  await gateway.close();
});

type Body = Answer['body'];

const somebody = { name: 'Nadia B.', relationship: 'parent', language: 'fr', notify: true };
const byMail = { ...somebody, email: 'nadia@example.org' };
const bySms = { ...somebody, phone: '+33612345678' };
const byLetter = { ...somebody, address: { line1: '1 rue de la Paix', line2: null, postalCode: '95500', city: 'Gonesse', country: 'FR' } };

async function on(date: string, time = '09:00', zone = 'Europe/Paris'): Promise<void> {
  app.clock.moveTo(instantAt(day(date), time, zone));
  await app.drain();
}
const noticesOf = async (household: Body, trigger: string): Promise<Body[]> =>
  expectStatus(await api.get(`/notices?householdId=${household.id}&trigger=${trigger}`), 200).data;
const statesOf = async (household: Body, trigger: string) => (await noticesOf(household, trigger)).map(({ state }) => state as string);
const move = (offer: Body, name: string, said: object = {}) => api.post(`/request-lines/${offer.lineId}/moves`, { move: name, ...said });

/** A family to which a device is offered, at whose site there is a slot. */
async function anOffered(contact: object, slotAt = '2026-11-09T07:00:00.000Z') {
  const household = await aHousehold(api, { contacts: [contact] });
  const { lines } = await aRequest(api, household.id);
  const device = await aDevice(api);
  const startsAt = new Date(slotAt);
  const slot = await aPickupSlot(api, device.siteId, { startsAt: slotAt, endsAt: new Date(startsAt.getTime() + 1_800_000).toISOString() });
  const offer = await anOffer(api, lines[0].id, device.id);
  await app.drain();
  return { household, device, slot, offer };
}
async function aBooked(contact: object, slotAt?: string) {
  const made = await anOffered(contact, slotAt);
  expectStatus(await move(made.offer, 'accept', { pickupSlotId: made.slot.id }), 200);
  await app.drain();
  return made;
}

describe('what must wait until it is of no use', () => {
  test('a slot at eight on Monday is told by SMS on Saturday, and by e-mail on Sunday', async () => {
    const [sms, mail] = [await aBooked(bySms), await aBooked(byMail)];
    await on('2026-11-03');
    gateway.sent.length = smtp.mails.length = 0;
    await on('2026-11-07', '08:59');
    expect([gateway.sent.length, smtp.mails.length]).toEqual([0, 0]);
    await on('2026-11-07', '09:00');
    expect([gateway.sent.length, smtp.mails.length]).toEqual([1, 0]);
    await on('2026-11-08', '09:00');
    expect([gateway.sent.length, smtp.mails.length]).toEqual([1, 1]);
    await on('2026-11-09', '08:00');
    expect([await statesOf(sms.household, 'pickup_tomorrow'), await statesOf(mail.household, 'pickup_tomorrow')]).toEqual([
      ['sent'],
      ['sent'],
    ]);
  });

  test('whose number does not work is told by e-mail before the slot', async () => {
    const { household } = await aBooked({ ...bySms, ...byMail, preferredChannel: 'sms' });
    await on('2026-11-03');
    gateway.answerNext({ status: 422, body: {} });
    await on('2026-11-07', '09:00');
    await on('2026-11-08', '09:00');
    expect(await noticesOf(household, 'pickup_tomorrow')).toMatchObject([{ state: 'sent', channel: 'email' }]);
  });

  test('a due day in the holidays is told before them, once', async () => {
    const holidays = [{ from: '2026-12-19', to: '2027-01-03' }];
    const policy = expectStatus(await api.get('/notice-policies'), 200);
    const { rules, reminderTime, quietHours, sundays } = policy;
    expectStatus(await api.put('/notice-policies', null, { rules, reminderTime, quietHours, sundays, holidays }), 200);
    const household = await aHousehold(api, { contacts: [byMail] });
    await aLoan(api, { householdId: household.id, dueOn: '2026-12-28' });
    await on('2026-11-03');
    smtp.mails.length = 0;
    await on('2026-12-18', '09:00');
    expect(smtp.mails.length).toBe(1);
    await on('2027-01-01', '23:00');
    expect((await statesOf(household, 'loan_due')).sort()).toEqual(['dropped', 'sent']);
  });
});

describe('what is dropped as it is about to leave', () => {
  test('the second message to a mailbox that two share, whose numbers do not work', async () => {
    const two = [
      { ...bySms, ...byMail, preferredChannel: 'sms' },
      { ...bySms, ...byMail, name: 'Samir B.', phone: '+33612345679', preferredChannel: 'sms' },
    ];
    const household = await aHousehold(api, { contacts: two });
    const { lines } = await aRequest(api, household.id);
    await app.drain();
    smtp.mails.length = 0;
    const dead = { status: 422, body: {} };
    gateway.answerNext(dead, dead);
    await anOffer(api, lines[0].id, (await aDevice(api)).id);
    await app.drain();
    app.clock.moveTo(new Date(app.clock.now().getTime() + 15_000));
    await app.drain();
    expect(smtp.mails.length).toBe(1);
    expect((await noticesOf(household, 'offer_made')).map(({ state, reason }) => [state, reason]).sort()).toEqual([
      ['dropped', 'NOT_NEEDED'],
      ['sent', null],
    ]);
  });

  test('a slot that was another for a moment, and is booked again, is told', async () => {
    const { household, offer, slot, device } = await anOffered(byMail);
    const other = await aPickupSlot(api, device.siteId, { startsAt: '2026-11-10T13:00:00.000Z', endsAt: '2026-11-10T13:30:00.000Z' });
    const toSlot = ({ id }: Body) =>
      onServer(app.databaseUrl, (client) => client.query('UPDATE offers SET pickup_slot_id = $1 WHERE id = $2', [id, offer.id]));
    expectStatus(await move(offer, 'accept', { pickupSlotId: slot.id }), 200);
    await app.drain();
    expect(await statesOf(household, 'pickup_booked')).toEqual(['scheduled']); // it was told of its request today
    // The job that plans for the other slot has not run yet.
    await toSlot(other);
    await on('2026-11-03');
    expect(await noticesOf(household, 'pickup_booked')).toMatchObject([{ state: 'dropped', reason: 'PICKUP_CHANGED' }]);
    await toSlot(slot);
    expectStatus(await move(offer, 'rebook', { pickupSlotId: slot.id }), 200);
    await app.drain();
    await on('2026-11-04');
    expect((await statesOf(household, 'pickup_booked')).sort()).toEqual(['dropped', 'sent']);
  });
});

describe('the council has another time zone', () => {
  const moveTo = async (timeZone: string) => {
    const council = await api.get('/council');
    expectStatus(await api.patch('/council', expectStatus(council, 200).version, { timeZone }), 200);
    await app.drain();
    app.clock.moveTo(new Date(app.clock.now().getTime() + 180_000));
    await app.drain();
  };
  const scheduled = async (household: Body, trigger: string) =>
    (await noticesOf(household, trigger)).filter(({ state }) => state === 'scheduled').map(({ dueAt }) => dueAt as string);

  test.each(['America/Martinique', 'Pacific/Noumea'])('%s: reminders come at its own hours, and nothing is dropped', async (zone) => {
    const household = await aHousehold(api, { contacts: [byMail] });
    await aLoan(api, { householdId: household.id, dueOn: '2026-11-30' });
    await app.drain();
    await moveTo(zone);
    const nineOn = (date: string) => instantAt(day(date), '09:00', zone).toISOString();
    expect((await scheduled(household, 'loan_due')).sort()).toEqual([nineOn('2026-11-27'), nineOn('2026-11-30')]);
    expect((await scheduled(household, 'loan_overdue')).sort()[0]).toBe(nineOn('2026-12-04'));
    await on('2026-12-04', '09:00', zone);
    expect((await noticesOf(household, 'loan_overdue')).filter(({ state }) => state === 'sent').length).toBe(1);
    expect((await noticesOf(household, 'loan_overdue')).filter(({ state }) => state === 'dropped')).toEqual([]);
  });

  test.each(['Pacific/Tahiti', 'Pacific/Noumea'])(
    '%s: what follows something that happened comes on its day, at the hour of there',
    async (zone) => {
      const rule = { trigger: 'loan_handed_over', when: 'after', days: 7, everyDays: 7, times: 2, channels: ['email'] };
      expectStatus(await api.put('/notice-policies', null, { rules: [rule] }), 200);
      const household = await aHousehold(api, { contacts: [byMail] });
      await aLoan(api, { householdId: household.id, dueOn: '2026-11-30' });
      await app.drain();
      await moveTo(zone);
      const on = (date: string, hour: string) => instantAt(day(date), hour, zone).toISOString();
      expect((await scheduled(household, 'loan_handed_over')).sort()).toEqual([on('2026-11-09', '09:00'), on('2026-11-16', '09:00')]);
      expectStatus(await api.put('/notice-policies', 1, { rules: [rule], reminderTime: '10:30' }), 200);
      await app.drain();
      expect((await scheduled(household, 'loan_handed_over')).sort()).toEqual([on('2026-11-09', '10:30'), on('2026-11-16', '10:30')]);
    },
  );

  test('the second of a household, who waits until the hour of a reminder, waits for the hour of there too', async () => {
    const { household } = await aBooked(byMail);
    const { contacts, version } = expectStatus(await api.get(`/households/${household.id}`), 200);
    const two = [...contacts, { ...byMail, name: 'Samir B.', email: 'samir@example.org' }];
    expectStatus(await api.patch(`/households/${household.id}`, version, { contacts: two }), 200);
    await on('2026-11-03');
    // It is looked at on Saturday, for no SMS leaves on a Sunday; e-mails do.
    await on('2026-11-07', '09:00');
    const atNine = (zone: string) => instantAt(day('2026-11-08'), '09:00', zone).toISOString();
    expect(await scheduled(household, 'pickup_tomorrow')).toEqual([atNine('Europe/Paris'), atNine('Europe/Paris')]);
    await moveTo('Asia/Dubai');
    expect(await scheduled(household, 'pickup_tomorrow')).toEqual([atNine('Asia/Dubai'), atNine('Asia/Dubai')]);
  });

  test.each(['America/Martinique', 'Pacific/Noumea'])('%s: offers, appointments and suspensions end with its own days', async (zone) => {
    const [open, booked] = [await anOffered(byMail), await aBooked(byMail, '2026-11-10T01:30:00.000Z')];
    const away = await aRequest(api, (await aHousehold(api)).id);
    expectStatus(
      await api.post(`/request-lines/${away.lines[0].id}/moves`, { move: 'suspend', until: '2026-11-20', reason: 'Absence' }),
      200,
    );
    await app.drain();
    const endOf = async ({ offer }: Body) => expectStatus(await api.get(`/offers/${offer.id}`), 200).expiresAt as string;
    const before = await endOf(open);
    await moveTo(zone);
    const endsOn = (end: string) => new Intl.DateTimeFormat('sv', { timeZone: zone }).format(new Date(new Date(end).getTime() - 1));
    const beforeOn = (end: string) =>
      new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris' }).format(new Date(new Date(end).getTime() - 1));
    const slotDay = new Intl.DateTimeFormat('sv', { timeZone: zone }).format(new Date(booked.slot.startsAt as string));
    expect([endsOn(await endOf(open)), endsOn(await endOf(booked))]).toEqual([beforeOn(before), slotDay]);
    const lastDay = endsOn(await endOf(open));
    expect(await scheduled(open.household, 'offer_expiring')).toEqual([
      instantAt(day(new Date(new Date(lastDay).getTime() - 86_400_000).toISOString().slice(0, 10)), '09:00', zone).toISOString(),
    ]);
    const state = async () => expectStatus(await api.get(`/request-lines/${away.lines[0].id}`), 200).state as string;
    app.clock.moveTo(new Date(instantAt(day('2026-11-20'), '00:00', zone).getTime() - 60_000));
    await app.drain();
    expect(await state()).toBe('suspended');
    await on('2026-11-20', '00:00', zone);
    expect(await state()).toBe('waiting');
  });
});

describe('what is taken away is told', () => {
  const told = async (household: Body) => [
    ...(await noticesOf(household, 'offer_withdrawn')),
    ...(await noticesOf(household, 'pickup_cancelled')),
  ];
  const revoke = async (offer: Body) => expectStatus(await move(offer, 'revoke', { reason: 'Appareil en panne' }), 200);

  test('an offer that staff revoke: at once, by SMS, and its reminder is planned no more', async () => {
    const { household, offer } = await anOffered(bySms);
    expect(await statesOf(household, 'offer_expiring')).toEqual(['scheduled']);
    await revoke(offer);
    await app.drain();
    expect(await told(household)).toMatchObject([{ trigger: 'offer_withdrawn', state: 'sent', channel: 'sms' }]);
    expect(gateway.sent.at(-1)?.body.text).toMatch(/n’est plus disponible|n'est plus disponible/);
    expect(await noticesOf(household, 'offer_expiring')).toMatchObject([{ state: 'dropped', reason: 'OFFER_ENDED' }]);
  });

  test('an appointment whose device goes missing: once, as cancelled', async () => {
    const { household, device } = await aBooked(byMail);
    expectStatus(await api.post(`/devices/${device.id}/moves`, { move: 'mark_missing', reason: 'Inventaire' }), 200);
    await app.drain();
    expect(await told(household)).toMatchObject([{ trigger: 'pickup_cancelled', state: 'sent' }]);
    expect(smtp.mails.at(-1)?.text).toMatch(/de nouveau en attente/);
    expect(await noticesOf(household, 'pickup_tomorrow')).toMatchObject([{ state: 'dropped', reason: 'OFFER_ENDED' }]);
  });

  test('an appointment on a day that closes: the device is kept, another is chosen', async () => {
    const { household, offer, device } = await aBooked(byMail);
    expectStatus(await api.put('/closed-days', null, { days: ['2026-11-09'] }), 200);
    await app.drain();
    expect(await told(household)).toMatchObject([{ trigger: 'pickup_cancelled', state: 'sent' }]);
    expect(smtp.mails.at(-1)?.text).toMatch(/toujours pour vous/);
    expect(expectStatus(await api.get(`/offers/${offer.id}`), 200)).toMatchObject({ state: 'accepted', pickupSlotId: null });
    const other = await aPickupSlot(api, device.siteId, { startsAt: '2026-11-10T13:00:00.000Z', endsAt: '2026-11-10T13:30:00.000Z' });
    expectStatus(await move(offer, 'rebook', { pickupSlotId: other.id }), 200);
    await app.drain();
    expect((await told(household)).length).toBe(1);
    expect((await statesOf(household, 'pickup_tomorrow')).sort()).toEqual(['dropped', 'scheduled']);
  });

  test('in the evening before the slot: by SMS in the morning, for a letter would come days after it', async () => {
    const { household, offer } = await aBooked({ ...bySms, ...byLetter }, '2026-11-04T08:30:00.000Z');
    await on('2026-11-03', '21:00');
    await revoke(offer);
    await app.drain();
    expect(await told(household)).toMatchObject([{ trigger: 'pickup_cancelled', state: 'scheduled' }]);
    await on('2026-11-04', '08:00');
    expect(await told(household)).toMatchObject([{ state: 'sent', channel: 'sms' }]);
    expect(gateway.sent.at(-1)?.body.text).toMatch(/Rendez-vous annulé/);
  });

  test.each(['decline', 'withdraw'])('not what the family gives up itself: %s', async (name) => {
    const { household, offer } = await aBooked(byMail);
    expectStatus(await move(offer, name), 200);
    await app.drain();
    expect(await told(household)).toEqual([]);
  });

  test('an offer that is revoked while its own notice leaves', async () => {
    const household = await aHousehold(api, { contacts: [bySms] });
    const { lines } = await aRequest(api, household.id);
    await app.drain();
    const offer = await anOffer(api, lines[0].id, (await aDevice(api)).id);
    gateway.answerNext({
      status: 200,
      body: { status: 'OK', message: { id: 'late' } },
      before: async () => {
        await revoke(offer);
        await app.drain();
        expect(await told(household)).toMatchObject([{ trigger: 'offer_withdrawn', state: 'dropped', reason: 'NOT_NEEDED' }]);
      },
    });
    await app.drain();
    expect(await statesOf(household, 'offer_made')).toEqual(['sent']);
    expect((await told(household)).map(({ state }) => state as string).sort()).toEqual(['dropped', 'sent']);
    expect(gateway.sent.at(-1)?.body.text).toMatch(/n’est plus disponible|n'est plus disponible/);
  });

  test('an appointment on a day that closes, closes again after it was booked again, and whose device is taken away: each time', async () => {
    const { household, offer, slot } = await aBooked(byMail);
    for (const [version, days] of [
      [null, ['2026-11-09']],
      [1, []],
    ] as const) {
      expectStatus(await api.put('/closed-days', version, { days }), 200);
      await app.drain();
    }
    expectStatus(await move(offer, 'rebook', { pickupSlotId: slot.id }), 200);
    await app.drain();
    expect(await told(household)).toMatchObject([{ trigger: 'pickup_cancelled', state: 'sent' }]);
    await revoke(offer);
    await app.drain();
    expect((await told(household)).map(({ trigger, state }) => `${trigger} ${state}`)).toEqual([
      'pickup_cancelled sent',
      'pickup_cancelled sent',
    ]);
    expect(smtp.mails.at(-1)?.text).toMatch(/de nouveau en attente/);
  });

  test('an appointment that was cancelled in the night, and the offer before the morning: in one message', async () => {
    const { household, offer } = await aBooked(bySms);
    await on('2026-11-03', '21:00');
    expectStatus(await api.put('/closed-days', null, { days: ['2026-11-09'] }), 200);
    await app.drain();
    await on('2026-11-04', '00:30');
    await revoke(offer);
    await app.drain();
    await on('2026-11-04', '08:00');
    expect(await told(household)).toMatchObject([{ trigger: 'pickup_cancelled', state: 'sent' }]);
  });

  test('nor an offer that nobody was told of', async () => {
    const { household, offer } = await anOffered(byLetter);
    await revoke(offer);
    await app.drain();
    expect(await told(household)).toEqual([]);
  });

  test('a family that has neither number nor mailbox gets letters, of whatever trigger', async () => {
    const { household, offer } = await aBooked(byLetter);
    await revoke(offer);
    await app.drain();
    await on('2026-11-12');
    const all = expectStatus(await api.get(`/notices?householdId=${household.id}`), 200).data as Body[];
    expect(all.map(({ trigger }) => trigger as string)).toContain('pickup_cancelled');
    expect(all.filter(({ state }) => state === 'failed')).toEqual([]);
  });
});
