import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../platform/index.js';
import { dayIn } from '../../shared/day.js';
import { notFound, type Outcome, refusedFor } from '../../shared/denial.js';
import { newId } from '../../shared/ids.js';
import { refusalsHolding } from '../../shared/refusal.js';
import { ok } from '../../shared/result.js';
import { OfferNotice } from '../allocation/index.js';
import type { Actor } from '../councils/index.js';
import type { PostalAddress } from '../households/index.js';
import { PRINT_REFUSALS } from './domain/print.rules.js';
import { isSayable } from './domain/sayable.rules.js';
import type { Letter } from './letters/letter.js';
import { lettersPdf } from './letters/letters-pdf.js';
import { reasonAgainst } from './next-step.js';
import { PlanNoticesService } from './plan-notices.service.js';
import { type LetterNotice, type PrintBatch, PrintBatchesRepository } from './print-batches.repository.js';
import { writeMessage } from './write-message.js';

const MOST_LETTERS = 500;

/** The print queue: letters that staff print, fold and post. */
@Injectable()
export class PrintBatchesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly batches: PrintBatchesRepository,
    private readonly offers: OfferNotice,
    private readonly planning: PlanNoticesService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  list(actor: Actor, before: string | null, limit: number): Promise<PrintBatch[]> {
    return this.transactions.read(actor.councilId, (tx) => this.batches.list(tx, actor.reach.schoolId, before, limit));
  }

  find(actor: Actor, id: string): Promise<Outcome<PrintBatch>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const batch = await this.batches.find(tx, actor.reach.schoolId, id);
      return batch ? ok(batch) : notFound();
    });
  }

  /** Takes the letters that wait longest, those that are still true: they count as posted from now on. */
  make(actor: Actor): Promise<Outcome<PrintBatch>> {
    return this.transactions.write(actor.councilId, async (tx) => {
      const now = this.clock.now();
      const { schoolId } = actor.reach;
      const waiting = await this.batches.lockWaiting(tx, schoolId, MOST_LETTERS, now);
      const reasons = refusalsHolding(PRINT_REFUSALS, { NOTHING_TO_PRINT: waiting.length === 0 });
      if (reasons.length > 0) return refusedFor(reasons);
      const dropped = waiting.flatMap((notice) => {
        const reason = reasonAgainst(notice, now);
        return reason === null ? [] : [{ id: notice.id, reason }];
      });
      const gone = new Set(dropped.map(({ id }) => id));
      const live = waiting.filter(({ id }) => !gone.has(id));
      const letters = new Set(live.map(({ headId }) => headId)).size;
      const batch: PrintBatch = { id: newId(), schoolId, letters, dropped: dropped.length, createdBy: actor.id, createdAt: now };
      await this.batches.insert(tx, batch);
      if (dropped.length > 0) await this.batches.drop(tx, dropped, now);
      await this.batches.print(
        tx,
        live.map(({ id }) => id),
        batch.id,
        now,
      );
      await this.tellOffers(tx, live, now);
      await this.audit.record(tx, { actor: actor.id, action: 'print_batch.made', subject: batch.id });
      return ok(batch);
    });
  }

  /** The letters of a batch as one PDF, written as things stand: nothing of them is kept. */
  file(actor: Actor, id: string): Promise<Outcome<Readable>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const batch = await this.batches.find(tx, actor.reach.schoolId, id);
      return batch
        ? ok(lettersPdf(lettersOf(await this.batches.ofBatch(tx, id, this.clock.now()), batch.createdAt), batch.createdAt))
        : notFound();
    });
  }

  private async tellOffers(tx: Tx, live: readonly LetterNotice[], now: Date): Promise<void> {
    for (const { trigger, offerId } of live) {
      if (trigger !== 'offer_made' || offerId === null) continue;
      if (await this.offers.left(tx, offerId, now, { byLetter: true })) await this.planning.offerEnds(tx, offerId);
    }
  }
}

/** Who has left since, or has no address any more, gets none. */
function lettersOf(notices: readonly LetterNotice[], writtenAt: Date): Letter[] {
  const heads = [...new Set(notices.map(({ headId }) => headId))];
  return heads.flatMap((head) => {
    const parts = notices.filter((notice) => notice.headId === head && isSayable(notice.trigger, notice));
    const [first] = parts;
    if (!first?.contact?.address) return [];
    const { contact, council, household } = first;
    const { language, text } = writeMessage(parts, 'letter', writtenAt);
    const recipient = [contact.name, ...addressLines(contact.address as PostalAddress)];
    const writtenOn = dayIn(writtenAt, council.timeZone);
    return [
      { language, councilName: council.name, recipient, reference: household.reference, writtenOn, subject: text.subject, body: text.body },
    ];
  });
}

function addressLines({ line1, line2, postalCode, city, country }: PostalAddress): string[] {
  const abroad = country === 'FR' ? [] : [new Intl.DisplayNames('fr', { type: 'region' }).of(country) ?? country];
  return [line1, ...(line2 === null ? [] : [line2]), `${postalCode} ${city}`, ...abroad];
}
