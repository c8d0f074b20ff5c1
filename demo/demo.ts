import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApplication } from '../src/application.js';
import { prepareRuntime, readySchema } from '../src/boot.js';
import { SetClock } from '../src/platform/clock/clock.js';
import { readSettings } from '../src/platform/config/settings.js';
import { CouncilsService } from '../src/modules/councils/index.js';
import { ClientsService } from '../src/modules/identity/index.js';
import { LedgerService } from '../src/modules/loans/index.js';
import { DigestService } from '../src/modules/notices/index.js';
import { AuditChainService, orProblem } from '../src/platform/index.js';
import { OutboxExecutor } from '../src/platform/outbox/index.js';
import { startSmsGateway } from '../test/support/sms-gateway.js';
import { startSmtpSink } from '../test/support/smtp.js';
import { play } from './play.js';
import { Story } from './story.js';

const BEGINNING = new Date('2026-11-02T08:00:00Z');

/** Plays the story of a loan on a fresh database, through the REST API alone; returns the exit status. */
async function main(): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'passerelle-demo-'));
  const mail = await startSmtpSink();
  const sms = await startSmsGateway();
  const settings = readSettings({
    DATA_DIR: dataDir,
    PORT: '0',
    SMTP_URL: mail.url,
    WEBHOOK_ALLOWED_HOSTS: '127.0.0.1',
    LOG_LEVEL: 'error',
    MAIL_FROM: 'Passerelle <prets@demo.example>',
  });
  const clock = new SetClock(BEGINNING);
  const runtime = await prepareRuntime(settings, { mode: 'own', clock, ephemeral: true });
  try {
    await readySchema(runtime);
    // The story decides when time passes and jobs run, so that it is told the same way each time.
    const app = await createApplication({ ...runtime.platform, runsJobs: false });
    await app.listen(0, '127.0.0.1');
    const council = { code: 'demo', name: "Département d'Ille-et-Vilaine", timeZone: 'Europe/Paris', locale: 'fr' };
    orProblem(await app.get(CouncilsService).create(council));
    const { client, secret } = orProblem(await app.get(ClientsService).createForOperator('demo', 'The story', '*'));
    const story = new Story(await app.getUrl());
    await story.signIn(client.id, secret);

    const executor = app.get(OutboxExecutor);
    await play(story, {
      file: (name) => readFile(new URL(`data/${name}`, import.meta.url)),
      mails: mail.mails,
      sms,
      async until(instant) {
        clock.moveTo(instant);
        await app.get(DigestService).begin();
        await executor.drain();
        // A token lives for an hour.
        await story.signIn(client.id, secret);
      },
    });

    story.chapter('The books');
    const ledger = await app.get(LedgerService).verify();
    story.check('the ledger agrees with its history', [], ledger.faults);
    await app.get(AuditChainService).seal();
    const audit = await app.get(AuditChainService).verify();
    story.check(`the audit trail of ${audit.events} events is whole and sealed`, [[], 0], [audit.faults, audit.unsealed]);
    await app.close();
    return story.end();
  } finally {
    await mail.close();
    await sms.close();
    await runtime.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

process.exit(await main());
