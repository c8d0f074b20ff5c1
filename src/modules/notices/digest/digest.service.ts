import { Injectable } from '@nestjs/common';
import { Clock, Every, Id, type Job, jobKind, type JobOf, Log, Mailer, Outbox, Transactions, type Tx } from '../../../platform/index.js';
import { dayIn, isOpen } from '../../../shared/day.js';
import { LendableStockReader } from '../../allocation/index.js';
import { CouncilsRepository, CouncilsService } from '../../councils/index.js';
import { digestOfToday, isEmpty, nextDigest } from '../domain/digest.rules.js';
import { DigestRepository } from './digest.repository.js';
import { digestText } from './digest.texts.js';

/** It is morning in a council. */
export const MORNING = jobKind('notices.morning', {});
/** One person is told what waits. */
export const DIGEST_MAIL = jobKind('notices.digest_mail', { userId: Id.text, day: Id.text });

/** Tells staff each open morning what waits for them: once a day and person, and nobody of nothing. */
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

  /** Begins the mornings of a new council, and anew those of one whose job was set aside. */
  @Every(600)
  async begin(): Promise<void> {
    const councilIds = await this.transactions.system((tx) => this.digests.councilsWithout(tx, MORNING.kind));
    await this.everyCouncil.each('mornings', (councilId) => this.transactions.write(councilId, (tx) => this.planNext(tx)), councilIds);
  }

  /**
   * One mail for each who is to be told, and the next morning. A morning that was missed is made up for on the day that the program is back
   * on, once however many they were.
   */
  morning(job: Job): Promise<void> {
    return job.complete(async (tx) => {
      const { timeZone, closedDays } = await this.councils.facts(tx);
      const now = this.clock.now();
      const today = dayIn(now, timeZone);
      if (now >= digestOfToday(now, timeZone) && isOpen(today, closedDays)) {
        for (const userId of await this.digests.readers(tx))
          await this.outbox.add(tx, DIGEST_MAIL, { userId, day: today }, { key: `${userId} ${today}` });
      }
      await this.planNext(tx);
    });
  }

  /** What waits is read when the mail leaves; one that could not leave all day is not sent the day after. */
  async deliver({ councilId, ids, id: jobId }: JobOf<typeof DIGEST_MAIL>): Promise<void> {
    const { userId, day } = ids;
    const now = this.clock.now();
    const mail = await this.transactions.read(councilId, async (tx) => {
      const { timeZone, locale } = await this.councils.facts(tx);
      const today = dayIn(now, timeZone);
      const reader = today === day ? await this.digests.reader(tx, userId) : null;
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

  /** The next morning comes at another time: the job of the one before then finds that it is too early, or is one more look. */
  timeZoneChanged(job: Job): Promise<void> {
    return job.complete((tx) => this.planNext(tx));
  }

  private async planNext(tx: Tx): Promise<void> {
    const { timeZone } = await this.councils.facts(tx);
    const at = nextDigest(this.clock.now(), timeZone);
    await this.outbox.add(tx, MORNING, {}, { at, key: at.toISOString() });
  }
}
