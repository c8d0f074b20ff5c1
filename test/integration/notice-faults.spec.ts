import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { TRIAL_MINUTES } from '../../src/modules/notices/domain/channel-health.rules.js';
import { SetClock } from '../../src/platform/clock/clock.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js';
import { migrate } from '../../src/platform/database/index.js';
import { schema } from '../../src/schema.js';
import { Api, expectStatus } from '../support/api.js';
import { startTestApp } from '../support/app.js';
import { aHousehold, aRequest } from '../support/builders.js';
import { DUE, NoticesFixture } from '../support/notices-fixture.js';
import { aCouncil } from '../support/people.js';
import { startRedis, type TestRedis, testWithRedis } from '../support/redis.js';
import { gatewaySettings } from '../support/sms-gateway.js';
import { crashServer } from '../support/test-database.js';
import { AWAY_MS, MANY_MESSAGES, SOME_MESSAGES } from '../support/thorough.js';
import { until } from '../support/until.js';

// Whatever goes wrong, each notice that was due is sent once or says why not. A message comes twice only when its sender ends between the
// provider's yes and our record of it: then under one Message-ID, and it is counted here.

/** Messages that one worker has in hand at most. */
const IN_HAND = 20;

/** Thousands of messages take their time where the machine is busy; each wait ends as soon as it may. */
const LONG_MS = 240_000;
const MINUTE_MS = 60_000;
jest.setTimeout(LONG_MS);

const tell = (what: string, figures: object) => void process.stdout.write(`  ${what}: ${JSON.stringify(figures)}\n`);

const fixture = new NoticesFixture();
const address = { line1: '1 rue de la Paix', line2: null, postalCode: '95500', city: 'Gonesse', country: 'FR' };

describe('the mail server', () => {
  test('refuses for the moment, again and again: what it refused leaves later, and each mail came once', async () => {
    await fixture.families(200);
    fixture.smtp.refuseNext(...Array<number>(150).fill(451), ...Array<number>(50).fill(421));
    await fixture.start();
    fixture.dueNow();
    await fixture.untilThereAre(200, `state = 'sending' AND attempts = 1 AND problem IN ('SMTP_451', 'SMTP_421')`);
    expect(fixture.smtp.mails).toEqual([]);
    fixture.smtp.refuseNext(...Array<number>(80).fill(452));
    fixture.later(11);
    await fixture.untilThereAre(120, `state = 'sent'`);
    await fixture.untilThereAre(80, `state = 'sending' AND attempts = 2 AND problem = 'SMTP_452'`);
    fixture.later(21);
    await fixture.untilThereAre(200, `state = 'sent' AND problem IS NULL`);
    await fixture.expectEachMailed(200);
  });

  test('refuses for good: an address that is not there is marked, and a letter is written; a text that it will not have marks nobody', async () => {
    await fixture.families(100, { address }, { channels: ['email', 'letter'] });
    const gone = Array.from({ length: 10 }, (_, n) => `family${n + 1}@example.org`);
    for (const mailbox of gone) fixture.smtp.refuseRecipient(mailbox, 550);
    fixture.smtp.refuseNext(554);
    await fixture.start();
    fixture.dueNow();
    await fixture.untilThereAre(100, `state IN ('sent', 'to_print')`);
    await fixture.expectEachMailed(89);
    expect(await fixture.count(`state = 'to_print' AND channel = 'letter' AND tried = '{email}'`)).toBe(11);
    const { data: marks } = expectStatus(await fixture.council.api.get('/contact-marks'), 200);
    expect(marks.map((mark: object) => mark)).toEqual(Array(10).fill(expect.objectContaining({ channel: 'email', reason: 'bounced' })));
    for (const mailbox of gone) fixture.smtp.refuseRecipient(mailbox, null);
  });

  test('refuses for good whom nothing else reaches: failed, with what it said, for staff to see', async () => {
    await fixture.families(20);
    fixture.smtp.refuseRecipient('family3@example.org', 550);
    await fixture.start();
    fixture.dueNow();
    await fixture.untilThereAre(19, `state = 'sent'`);
    await fixture.untilThereAre(1, `state = 'failed'`);
    const { data: stuck } = expectStatus(await fixture.council.api.get('/notices?state=stuck'), 200);
    expect(stuck).toEqual([expect.objectContaining({ state: 'failed', reason: 'SMTP_550', tried: ['email'] })]);
    await fixture.expectEachMailed(19);
    fixture.smtp.refuseRecipient('family3@example.org', null);
  });

  test('takes longer than leases last: nobody sends what another is sending', async () => {
    fixture.environment.OUTBOX_LEASE_SECONDS = '1';
    await fixture.families(60);
    const answer = fixture.smtp.holdAnswers();
    await Promise.all([fixture.start(), fixture.start()]);
    fixture.dueNow();
    await until('both wait for its yes', () => fixture.smtp.held() === 10);
    const [then] = await fixture.ask<{ at: Date }>(`SELECT clock_timestamp() + interval '2500 ms' AS at`);
    await until('every lease would have run out twice', async () => {
      const rows = await fixture.ask(`SELECT FROM outbox WHERE running AND leased_until < $1`, [then?.at]);
      return rows.length === 0;
    });
    answer();
    await fixture.untilThereAre(60, `state = 'sent'`);
    await fixture.expectEachMailed(60);
  });

  test('breaks off after the message: sent again under its Message-ID, and never lost', async () => {
    await fixture.families(100);
    fixture.smtp.breakNext(10, 'taken');
    fixture.smtp.breakNext(10, 'lost');
    await fixture.start();
    fixture.dueNow();
    await fixture.untilThereAre(80, `state = 'sent'`);
    await fixture.untilThereAre(20, `state = 'sending' AND attempts = 1`);
    fixture.later(11);
    await fixture.untilThereAre(100, `state = 'sent'`);
    const twice = await fixture.expectEachMailed(100, { twiceAtMost: 10 });
    tell('broken off after it had taken ten of a hundred', { twice });
    expect(twice).toBe(10);
  });
});

describe('the gateway of SMS', () => {
  test('answers yes with an error in it, has no time, is in trouble: each family is told once, by SMS or else by e-mail', async () => {
    expectStatus(await fixture.council.api.put('/sms-gateway', null, gatewaySettings(fixture.gateway.url)), 200);
    await fixture.families(200, { phone: '+33612345678' }, { channels: ['sms', 'email'] });
    const taken = (id: string) => ({ status: 200, body: { status: 'OK', message: { id } } });
    const answers = [
      ...Array(30).fill({ status: 429, headers: { 'retry-after': '5' } }),
      ...Array(50).fill({ status: 503 }),
      ...Array.from({ length: 10 }, (_, n) => taken(`first-${n}`)),
      ...Array.from({ length: 20 }, (_, n) => [
        ...Array.from({ length: 8 }, (_each, k) => taken(`other-${n}-${k}`)),
        { status: 200, body: { status: 'KO', error: 'unknown number' } },
      ]).flat(),
    ];
    fixture.gateway.answerNext(...answers);
    await fixture.start();
    fixture.dueNow();
    // Never five refusals in a row, for more than a worker has in hand lie between them. Time passes, for who had no time is tried again.
    await until(
      'each family is told',
      async () => {
        fixture.later(1);
        return (await fixture.count(`state = 'sent'`)) === 200;
      },
      MINUTE_MS,
    );
    await fixture.expectEachMailed(20);
    expect(await fixture.count(`channel = 'email' AND tried = '{sms}'`)).toBe(20);
    expect(await fixture.count(`channel = 'sms' AND provider_id IS NOT NULL`)).toBe(180);
    expect([fixture.gateway.sent.length, new Set(fixture.gateway.sent.map(({ headers }) => headers['idempotency-key'])).size]).toEqual([
      280, 200,
    ]);
  });

  test('refuses five while others are on their way that it takes: the pause that the five brought about ends, and no message is lost', async () => {
    expectStatus(await fixture.council.api.put('/sms-gateway', null, gatewaySettings(fixture.gateway.url)), 200);
    await fixture.families(30, { phone: '+33612345678' }, { channels: ['sms'] });
    expectStatus(await fixture.council.api.post('/sms-gateway/test', { to: '06 12 34 56 78' }), 200);
    const isPaused = async () => (await fixture.ask('SELECT FROM channel_health WHERE paused_at IS NOT NULL')).length > 0;
    const paused = until('five are refused', isPaused);
    fixture.gateway.answerNext(
      ...Array(5).fill({ status: 400, body: { error: 'unknown number' } }),
      ...Array.from({ length: 25 }, (_, n) => ({ status: 200, body: { status: 'OK', message: { id: `${n}` } }, before: () => paused })),
    );
    await fixture.start();
    fixture.dueNow();
    // A sweep that meets another waits for two seconds; a trial of a paused channel would be made after a quarter of an hour.
    await until('all have left', async () => {
      fixture.later(1);
      return (await fixture.count(`state = 'sent' AND channel = 'sms'`)) === 30;
    });
    expect(fixture.clock.now().getTime() - DUE.getTime()).toBeLessThan(TRIAL_MINUTES * MINUTE_MS);
    expect([await isPaused(), fixture.gateway.sent.length]).toEqual([false, 36]);
  });

  test('refused a message before a pause that is over when all else has refused it too: it is tried again, and not lost', async () => {
    expectStatus(await fixture.council.api.put('/sms-gateway', null, gatewaySettings(fixture.gateway.url)), 200);
    await fixture.families(6, { phone: '+33612345678' }, { channels: ['sms', 'email'] });
    expectStatus(await fixture.council.api.post('/sms-gateway/test', { to: '06 12 34 56 78' }), 200);
    await fixture.ask(`INSERT INTO channel_health VALUES ($1, 'email', true, 0)`, [fixture.council.id]);
    const refusing = { status: 400, body: { error: 'unknown number' } };
    const isFirstAtMail = until('the first is tried by e-mail', () => fixture.smtp.held() === 1);
    const isPaused = async () =>
      (await fixture.ask(`SELECT FROM channel_health WHERE channel = 'sms' AND paused_at IS NOT NULL`)).length > 0;
    const paused = until('five are refused', isPaused);
    fixture.gateway.answerNext(refusing, ...Array(4).fill({ ...refusing, before: () => isFirstAtMail }), {
      status: 200,
      body: { status: 'OK', message: { id: 'taken' } },
      before: () => paused,
    });
    const answerMails = fixture.smtp.holdAnswers();
    await fixture.start();
    fixture.dueNow();
    await paused;
    await until('the pause is over, and five wait for the mail server', async () => !(await isPaused()) && fixture.smtp.held() === 5);
    answerMails(554);
    await until('all have left by SMS', async () => {
      fixture.later(1);
      return (await fixture.count(`state = 'sent' AND channel = 'sms'`)) === 6;
    });
    expect(await fixture.count(`state = 'failed'`)).toBe(0);
  });

  test('breaks off after the request: sent again under its key, and never lost', async () => {
    expectStatus(await fixture.council.api.put('/sms-gateway', null, gatewaySettings(fixture.gateway.url)), 200);
    await fixture.families(100, { phone: '+33612345678' }, { channels: ['sms'] });
    fixture.gateway.breakNext(10, 'taken');
    fixture.gateway.breakNext(10, 'lost');
    await fixture.start();
    fixture.dueNow();
    await fixture.untilThereAre(80, `state = 'sent'`);
    await fixture.untilThereAre(20, `state = 'sending' AND attempts = 1 AND problem LIKE 'SMS\\_%'`);
    fixture.later(11);
    await fixture.untilThereAre(100, `state = 'sent' AND channel = 'sms'`);
    const keys = fixture.gateway.sent.map(({ headers }) => headers['idempotency-key']);
    const twice = keys.length - new Set(keys).size;
    tell('broken off after the gateway had taken ten of a hundred', { twice });
    expect([new Set(keys).size, twice]).toEqual([100, 10]);
  });
});

describe('a gateway whose secret is gone', () => {
  test('cannot be opened: what goes by it is tried again, for staff to see, and passed over after a day', async () => {
    expectStatus(await fixture.council.api.put('/sms-gateway', null, gatewaySettings(fixture.gateway.url)), 200);
    await fixture.families(20, { phone: '+33612345678' }, { channels: ['sms', 'email'] });
    await fixture.ask(`UPDATE sms_gateways SET sealed = 'sealed with another secret'`);
    await fixture.start();
    fixture.dueNow();
    await fixture.untilThereAre(20, `state = 'sending' AND attempts = 1 AND problem = 'FAULT'`);
    expect(expectStatus(await fixture.council.api.get('/notices?state=stuck'), 200).data).toHaveLength(20);
    fixture.later(24 * 3600);
    await fixture.untilThereAre(20, `state = 'sent' AND channel = 'email' AND tried = '{sms}'`);
    await fixture.expectEachMailed(20);
  });
});

describe('over Redis', () => {
  let redis: TestRedis;
  let prefixes = 0;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());
  const overRedis = (here: NoticesFixture) => {
    Object.assign(here.environment, { REDIS_URL: redis.url, REDIS_PREFIX: `notices-${++prefixes}` });
  };

  testWithRedis(
    'a worker is killed with -9 in the middle of a batch: another takes over',
    async () => {
      overRedis(fixture);
      await fixture.families(SOME_MESSAGES);
      fixture.dueNow();
      const killed = await fixture.startProcess();
      await until('it is in the middle', () => fixture.smtp.mails.length > SOME_MESSAGES / 3, 30_000);
      const answer = fixture.smtp.holdAnswers();
      await until('it waits for the yes to what was taken', () => fixture.smtp.held() === 5);
      killed.kill('SIGKILL');
      await once(killed, 'exit');
      const unheard = fixture.smtp.held();
      answer();
      await fixture.start();
      await fixture.untilThereAre(SOME_MESSAGES, `state = 'sent'`, 40_000);
      const twice = await fixture.expectEachMailed(SOME_MESSAGES, { twiceAtMost: IN_HAND });
      tell(`a worker killed among ${SOME_MESSAGES} messages`, { twice, unheard, atMost: IN_HAND });
      expect(twice).toBeGreaterThanOrEqual(unheard);
    },
    60_000,
  );

  testWithRedis(
    'many messages: Redis is wiped twice while they leave, and the texts of two cannot be written; all others leave once, and these say why',
    async () => {
      overRedis(fixture);
      // What waits in Redis is not handed over again every second.
      Object.assign(fixture.environment, { OUTBOX_LEASE_SECONDS: '10', OUTBOX_POLL_MS: '200' });
      const families = MANY_MESSAGES;
      const { household } = await fixture.families(families);
      await aRequest(fixture.council.api, household.id);
      await fixture.app.drain();
      // As one that an earlier version of the program let pass.
      await fixture.ask(
        `INSERT INTO notice_templates (council_id, trigger, channel, language, subject, body, updated_at)
         VALUES ($1, 'loan_due', 'email', 'tr', 'Hatırlatma', '{days, plural, one {', now())`,
        [fixture.council.id],
      );
      await fixture.ask(`UPDATE contacts SET language = 'tr' WHERE email IN ('family0@example.org', 'family7@example.org')`);
      await Promise.all([fixture.start(), fixture.start()]);
      fixture.dueNow();
      const began = performance.now();
      for (const sent of [families / 10, families / 2]) {
        await until('some more have left', () => fixture.smtp.mails.length > sent, LONG_MS);
        const answer = fixture.smtp.holdAnswers();
        await until('some are in flight', () => fixture.smtp.held() === 10, LONG_MS);
        await redis.flushAll();
        answer();
      }
      await fixture.untilThereAre(families - 2, `state = 'sent'`, LONG_MS);
      await fixture.untilThereAre(2, `state = 'failed'`);
      tell(`${families} messages, Redis wiped twice, two texts that fail`, { seconds: Math.round((performance.now() - began) / 1000) });
      // The family whose reminder failed is told of its request all the same.
      await until('the request is told of', () => fixture.smtp.mails.length === families - 1);
      expect(new Set(fixture.mailed()).size).toBe(families - 1);
      const { data: stuck } = expectStatus(await fixture.council.api.get('/notices?state=stuck'), 200);
      expect(stuck).toEqual(Array(2).fill(expect.objectContaining({ trigger: 'loan_due', state: 'failed', reason: 'TEXT_FAULT' })));
      const { data: ofFamily } = expectStatus(await fixture.council.api.get(`/notices?householdId=${household.id}`), 200);
      expect(ofFamily).toContainEqual(expect.objectContaining({ trigger: 'request_received', state: 'sent', channel: 'email' }));
    },
    2 * LONG_MS,
  );

  testWithRedis(
    'Redis is gone for a while, while messages leave: the API answers as before, nothing is lost, and each leaves once',
    async () => {
      overRedis(fixture);
      await fixture.families(SOME_MESSAGES);
      const office = await startTestApp(fixture.environment, { beside: fixture });
      try {
        await fixture.start();
        fixture.dueNow();
        await until('some have left', () => fixture.smtp.mails.length > SOME_MESSAGES / 6, LONG_MS);
        await redis.kill();
        const gone = performance.now();
        const api = new Api(office.url, fixture.council.api.headers);
        let made = 0;
        // Some requests a second are enough, and leave the machine to others.
        const isTime = () => performance.now() - gone > made * 500;
        await until(
          'it was away long enough',
          async () => {
            if (isTime()) {
              const { id } = await aHousehold(api);
              expectStatus(await api.get(`/households/${id}`), 200);
              made += 1;
            }
            return performance.now() - gone > AWAY_MS;
          },
          2 * AWAY_MS,
        );
        await redis.start();
        await fixture.untilThereAre(SOME_MESSAGES, `state = 'sent'`, LONG_MS);
        tell(`Redis gone for a while among ${SOME_MESSAGES} messages`, {
          twice: await fixture.expectEachMailed(SOME_MESSAGES),
          householdsMadeMeanwhile: made,
        });
        await until(
          'what followed from them is done',
          async () => (await fixture.ask('SELECT FROM outbox WHERE done_at IS NULL AND due_at <= $1', [DUE])).length === 0,
        );
      } finally {
        await office.close();
      }
    },
    2 * LONG_MS,
  );

  describe('PostgreSQL restarted', () => {
    let dataDir: string;
    let server: EmbeddedPostgres;
    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'passerelle-faults-'));
      // What it has committed must outlive it, so its data is not said to be ephemeral.
      server = await startEmbeddedPostgres({ dataDir, mode: 'own' });
      await migrate(server.url, schema);
    }, 60_000);
    afterAll(async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    });
    const other = new NoticesFixture(() => server.url);
    beforeEach(() => overRedis(other));

    testWithRedis(
      'twice while messages are in flight: each leaves once, for what has left is recorded as soon as it is back',
      async () => {
        await other.families(SOME_MESSAGES);
        await other.start();
        other.dueNow();
        for (const sent of [SOME_MESSAGES / 4, SOME_MESSAGES / 2]) {
          await until('some more have left', () => other.smtp.mails.length > sent, 30_000);
          const answer = other.smtp.holdAnswers();
          await until('some are in flight', () => other.smtp.held() === 5, 30_000);
          await crashServer(server.url);
          answer();
        }
        // What failed for want of the database waits a little by the clock.
        const haveLeft = async () => {
          other.later(1);
          return (await other.count(`state = 'sent'`).catch(() => -1)) === SOME_MESSAGES;
        };
        await until('all have left', haveLeft, 40_000);
        tell(`PostgreSQL restarted twice among ${SOME_MESSAGES} messages`, { twice: await other.expectEachMailed(SOME_MESSAGES) });
      },
      90_000,
    );
  });
});

describe('the hour', () => {
  test('two workers have clocks that are ten minutes apart: nothing leaves before either shows its hour, and nothing twice', async () => {
    const at = (minutes: number) => new Date(DUE.getTime() + minutes * 60_000);
    await fixture.families(100);
    const first = fixture.council;
    fixture.council = await aCouncil(fixture.app);
    await fixture.families(100, {}, { reminderTime: '09:20' });
    const ofFirst = `council_id = '${first.id}'`;
    const [behind, ahead] = [new SetClock(at(-11)), new SetClock(at(-1))];
    await Promise.all([fixture.start(behind), fixture.start(ahead)]);
    behind.moveTo(at(-5));
    ahead.moveTo(at(5));
    await fixture.untilThereAre(100, `state = 'sent' AND ${ofFirst}`);
    expect([fixture.smtp.mails.length, await fixture.count(`state = 'scheduled' AND NOT ${ofFirst}`)]).toEqual([100, 100]);
    expect(await fixture.count(`state = 'sent' AND settled_at < due_at`)).toBe(0);

    const answer = fixture.smtp.holdAnswers();
    ahead.moveTo(at(20));
    behind.moveTo(at(10));
    await until('the one ahead sends', () => fixture.smtp.held() === 5);
    ahead.moveTo(at(30));
    behind.moveTo(at(20));
    await until('both send', () => fixture.smtp.held() === 10);
    answer();
    await fixture.untilThereAre(200, `state = 'sent' AND settled_at >= due_at`);
    await fixture.expectEachMailed(200);
  });

  test('clocks go back, and forward: a reminder leaves at nine by the clocks of the council, before, on and after the day', async () => {
    fixture.clock.moveTo(new Date('2026-10-01T08:00:00Z'));
    await fixture.remind();
    for (const dueOn of ['2026-10-27', '2026-10-28', '2026-10-29', '2027-03-30', '2027-03-31', '2027-04-01'])
      await fixture.family({}, dueOn);
    await fixture.app.drain();
    const hours = ['2026-10-24T07', '2026-10-25T08', '2026-10-26T08', '2027-03-27T08', '2027-03-28T07', '2027-03-29T07'];
    for (const hour of hours) {
      for (const [instant, mails] of [
        [new Date(Date.parse(`${hour}:00:00Z`) - 1), 0],
        [new Date(`${hour}:00:00Z`), 1],
      ] as const) {
        fixture.forget();
        fixture.clock.moveTo(instant);
        await fixture.app.drain();
        expect([instant, fixture.smtp.mails.length]).toEqual([instant, mails]);
      }
    }
    await fixture.untilThereAre(6, `state = 'sent'`);
  });
});

describe('what happens while the mail server is away', () => {
  test('overtakes what waits: it is dropped with its reason, and only what is still true leaves', async () => {
    await fixture.remind();
    const { api } = fixture.council;
    const [waits, returned, postponed, moved] = [
      await fixture.family(),
      await fixture.family(),
      await fixture.family(),
      await fixture.family(),
    ];
    await fixture.app.drain();
    fixture.smtp.goAway();
    await fixture.start();
    fixture.dueNow();
    await fixture.untilThereAre(4, `state = 'sending' AND attempts = 1 AND problem LIKE 'SMTP\\_%'`);
    const { assetTag } = returned.loan.items[0];
    expectStatus(await api.post('/returns', { assetTag, conditionIn: 'good', siteId: returned.loan.siteId }), 200);
    const later = { dueOn: '2027-01-15', reason: 'Stage prolongé' };
    expectStatus(await api.put(`/loans/${postponed.loan.id}/due-date`, postponed.loan.version, later), 200);
    const contacts = [{ ...moved.household.contacts[0], notify: false }];
    expectStatus(await api.patch(`/households/${moved.household.id}`, moved.household.version, { contacts }), 200);
    fixture.smtp.comeBack();
    fixture.later(11);
    await fixture.untilThereAre(1, `state = 'sent'`);
    await fixture.untilThereAre(3, `state = 'dropped'`);
    await fixture.expectEachMailed(1);
    const reasons = async ({ household }: typeof waits) =>
      (await fixture.notices(`household_id = '${household.id}' AND state <> 'scheduled'`)).map(({ state, reason }) => [state, reason]);
    expect(await Promise.all([waits, returned, postponed, moved].map(reasons))).toEqual([
      [['sent', null]],
      [['dropped', 'RETURNED']],
      [['dropped', 'DUE_DAY_CHANGED']],
      [['dropped', 'CONTACT_GONE']],
    ]);
  });
});
