import { Injectable } from '@nestjs/common';
import { Clock, Every, Id, type Job, jobKind, type JobOf, Log, Mailer, Outbox, Transactions, type Tx } from '../../../platform/index.js';
import { dayIn, isOpen } from '../../../shared/day.js';
import { LendableStockReader } from '../../allocation/index.js';
import { CouncilsRepository, CouncilsService } from '../../councils/index.js';
import { digestOfToday, isEmpty, nextDigest } from '../domain/digest.rules.js';
import { DigestRepository } from './digest.repository.js';
import { digestText } from './digest.texts.js';

/** The morning of a council has come, and its digests are due. */
export const MORNING_DIGESTS = jobKind('notices.morning', {});
/** One person gets a mail about what waits. */
export const DIGEST_MAIL = jobKind('notices.digest_mail', { userId: Id.text, day: Id.text });

/** Mails staff on each open morning what waits for them: at most one mail a day and person, and none when nothing waits. */
@Injectable()
export class DigestService {
  constructor(
    private readonly transactions: Transactions,
    private readonly digests: DigestRepository,
    private readonly stock: LendableStockReader,
    private readonly councils: CouncilsRepository,
    private readonly everyCouncil: CouncilsService,
    private readonly mailer: Mailer,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Adds the job of the next morning for a new council, and for a council whose job was set aside. */
  @Every(600)
  async begin(): Promise<void> {
    const councilIds = await this.transactions.system((tx) => this.digests.councilsWithout(tx, MORNING_DIGESTS.kind));
    await this.everyCouncil.each('mornings', (councilId) => this.transactions.write(councilId, (tx) => this.planNext(tx)), councilIds);
  }

  /**
   * Adds a mail for each person who gets the digest, and the job of the next morning. When the program was off for some mornings, there is one
   * digest on the day on which it runs again.
   */
  morning(job: Job): Promise<void> {
    return job.complete(async (tx) => {
      const { timeZone, closedDays } = await this.councils.facts(tx);
      const now = this.clock.now();
      const today = dayIn(now, timeZone);
      if (now >= digestOfToday(now, timeZone) && isOpen(today, closedDays)) {
        for (const userId of await this.digests.recipients(tx))
          await this.outbox.add(tx, DIGEST_MAIL, { userId, day: today }, { key: `${userId} ${today}` });
      }
      await this.planNext(tx);
    });
  }

  /** The digest is read when the mail leaves. A mail that could not leave on its day is not sent later. */
  async deliver({ councilId, ids, id: jobId }: JobOf<typeof DIGEST_MAIL>): Promise<void> {
    const { userId, day } = ids;
    const now = this.clock.now();
    const mail = await this.transactions.read(councilId, async (tx) => {
      const { timeZone, locale } = await this.councils.facts(tx);
      const today = dayIn(now, timeZone);
      const reader = today === day ? await this.digests.recipient(tx, userId) : null;
      if (reader === null) return null;
      const inStock = await this.stock.categories(tx, reader.schoolId);
      const digest = await this.digests.digest(tx, reader.schoolId, inStock, now, today);
      const { councilName, email } = reader;
      return isEmpty(digest) ? null : { to: email, ...digestText(locale, { councilName, today }, digest) };
    });
    if (mail === null) return;
    if (!this.mailer.isConfigured) {
      this.log.warn('no mail server is configured: a digest was not sent', { jobId });
      return;
    }
    await this.mailer.send({ councilId, ...mail, messageId: `digest-${userId}-${day}` });
  }

  /**
   * The next morning now comes at another time. The job that was planned before does no harm: it finds that it is too early, or plans once
   * more.
   */
  timeZoneChanged(job: Job): Promise<void> {
    return job.complete((tx) => this.planNext(tx));
  }

  private async planNext(tx: Tx): Promise<void> {
    const { timeZone } = await this.councils.facts(tx);
    const at = nextDigest(this.clock.now(), timeZone);
    await this.outbox.add(tx, MORNING_DIGESTS, {}, { at, key: at.toISOString() });
  }
}
