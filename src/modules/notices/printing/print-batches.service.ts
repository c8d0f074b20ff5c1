import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Id, jobKind, type JobOf, Outbox, Transactions } from '../../../platform/index.js';
import { invalid, notFound, type Outcome, refusedFor, unknownReference } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { refusalsHolding } from '../../../shared/refusal.js';
import { ok } from '../../../shared/result.js';
import { OfferNoticeService } from '../../allocation/index.js';
import { type Actor, COUNCIL_WIDE, CouncilsRepository } from '../../councils/index.js';
import { BATCH_FILE_REFUSALS, NEW_BATCH_REFUSALS, PRINTING_REFUSALS } from '../domain/print-batch.rules.js';
import type { Letter } from '../letters/letter.js';
import { LetterRenderer } from '../letters/letter-renderer.js';
import { PlanOffersService } from '../planning/plan-offers.service.js';
import { BatchLetterWriter } from './batch-letter-writer.js';
import { type PrintBatch, PrintBatchesRepository } from './print-batches.repository.js';

/** A letter about an offer was posted. */
export const OFFER_POSTED = jobKind('notice.offer_posted', { offerId: Id.text, batchId: Id.text });

/** As many letters as one person can fold in a morning; the rest makes another batch. */
const MOST_LETTERS = 1_000;

/** Puts waiting letters into batches, makes their files, and records that they were printed and posted. */
@Injectable()
export class PrintBatchesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly batches: PrintBatchesRepository,
    private readonly letters: BatchLetterWriter,
    private readonly renderer: LetterRenderer,
    private readonly councils: CouncilsRepository,
    private readonly offers: OfferNoticeService,
    private readonly planning: PlanOffersService,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  find(actor: Actor, id: string): Promise<Outcome<PrintBatch>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const batch = await this.batches.find(tx, actor.reach.schoolId, id);
      return batch ? ok(batch) : notFound();
    });
  }

  /** The latest first, one more than `limit`. */
  list(actor: Actor, before: number | null, limit: number): Promise<PrintBatch[]> {
    return this.transactions.read(actor.councilId, (tx) => this.batches.list(tx, actor.reach.schoolId, before, limit));
  }

  /** Makes a batch of the letters that wait: all of them, or those of the families of a school, or those about a site. */
  create(actor: Actor, asked: { readonly schoolId: string | null; readonly siteId: string | null }): Promise<Outcome<PrintBatch>> {
    return this.transactions.write(actor, async (tx) => {
      const { siteId } = asked;
      const schoolId = asked.schoolId ?? actor.reach.schoolId;
      const isForeign = actor.reach.schoolId !== null && schoolId !== actor.reach.schoolId;
      const schools = await this.councils.unknownSchools(tx, schoolId === null ? [] : [schoolId]);
      const sites = await this.councils.unknownSites(tx, siteId === null ? [] : [siteId]);
      const faults = [
        ...(isForeign || schools.size > 0 ? [unknownReference('/schoolId')] : []),
        ...(sites.size > 0 ? [unknownReference('/siteId')] : []),
      ];
      if (faults.length > 0) return invalid(...faults);
      const id = newId();
      const isTaken = await this.batches.take(tx, { id, schoolId, siteId }, MOST_LETTERS, this.clock.now());
      const reasons = refusalsHolding(NEW_BATCH_REFUSALS, { NO_LETTERS_WAIT: !isTaken });
      if (reasons.length > 0) return refusedFor(reasons);
      tx.made('print_batch', id);
      await this.audit.record(tx, { actor: actor.id, action: 'print_batch.created', subject: id });
      return ok((await this.batches.find(tx, COUNCIL_WIDE.schoolId, id)) as PrintBatch);
    });
  }

  /** Returns its letters as one PDF, which is written while it is read. */
  async file(actor: Actor, id: string): Promise<Outcome<Readable>> {
    const begun = await this.transactions.write<Outcome<null>>(actor, async (tx) => {
      const batch = await this.batches.lock(tx, actor.reach.schoolId, id);
      if (!batch) return notFound();
      const reasons = refusalsHolding(BATCH_FILE_REFUSALS, { PRINT_BATCH_PRINTED: batch.printedAt !== null, PRINT_BATCH_EMPTY: false });
      if (reasons.length > 0) return refusedFor(reasons);
      await this.audit.record(tx, { actor: actor.id, action: 'print_batch.file_made', subject: id });
      return ok(null);
    });
    if (!begun.ok) return begun;
    const writer = await this.renderer.begin(this.clock.now());
    const letters = this.letters.lettersOf(actor.councilId, id);
    const first = await letters.next().catch((error: unknown) => {
      writer.close();
      throw error;
    });
    if (first.done) {
      writer.close();
      return refusedFor(refusalsHolding(BATCH_FILE_REFUSALS, { PRINT_BATCH_PRINTED: false, PRINT_BATCH_EMPTY: true }));
    }
    return ok(this.renderer.render(continued(first.value, letters), writer));
  }

  /** Records that it was printed and posted: its letters count as sent from now on. */
  printing(actor: Actor, id: string): Promise<Outcome<PrintBatch>> {
    return this.transactions.write(actor, async (tx) => {
      const batch = await this.batches.lock(tx, actor.reach.schoolId, id);
      if (!batch) return notFound();
      const reasons = refusalsHolding(PRINTING_REFUSALS, {
        PRINT_BATCH_ALREADY_PRINTED: batch.printedAt !== null,
        PRINT_FILE_NOT_MADE: batch.fileMadeAt === null,
      });
      if (reasons.length > 0) return refusedFor(reasons);
      const now = this.clock.now();
      const offerIds = await this.batches.printed(tx, id, now);
      await this.outbox.addEach(
        tx,
        OFFER_POSTED,
        offerIds.map((offerId) => ({ ids: { offerId, batchId: id }, at: now })),
      );
      await this.audit.record(tx, { actor: actor.id, action: 'print_batch.printed', subject: id, fields: ['printedAt'] });
      return ok((await this.batches.find(tx, COUNCIL_WIDE.schoolId, id)) as PrintBatch);
    });
  }

  /**
   * The time of an offer begins when its letter is posted; a family whose offer was revoked after the file was made is told that as well. Each
   * offer has a transaction of its own, because it locks the family's file.
   */
  offerPosted(job: JobOf<typeof OFFER_POSTED>): Promise<void> {
    const { offerId, batchId } = job.ids;
    return job.complete(async (tx) => {
      const printedAt = (await this.batches.find(tx, COUNCIL_WIDE.schoolId, batchId))?.printedAt;
      if (!printedAt) throw new Error('an offer that was posted with a batch that was not');
      if (await this.offers.left(tx, offerId, printedAt, { byLetter: true })) await this.planning.planEnd(tx, offerId);
      await this.planning.noticeSent(tx, offerId);
    });
  }
}

/** Yields the first letter and then the others. When the reader stops early, the writing of the others ends too. */
async function* continued(first: Letter, letters: AsyncGenerator<Letter, void, undefined>): AsyncGenerator<Letter, void, undefined> {
  try {
    yield first;
    yield* letters;
  } finally {
    await letters.return();
  }
}
