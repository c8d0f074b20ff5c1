import { Injectable } from '@nestjs/common';
import { Clock, Outbox, Transactions, type Tx } from '../../../platform/index.js';
import { dayIn } from '../../../shared/day.js';
import { COUNCIL_WIDE } from '../../councils/index.js';
import { recipientLines } from '../domain/recipient.js';
import type { Letter } from '../letters/letter.js';
import { reasonAgainst } from '../next-step.js';
import { DELIVERY } from '../sweep-notices.service.js';
import { writeMessage } from '../write-message.js';
import { type BatchState, type DroppedPart, type LetterPart, PrintBatchesRepository } from './print-batches.repository.js';

const PAGE = 50;

interface Page {
  readonly letters: readonly Letter[];
  /** Null: there are no more. */
  readonly last: string | null;
}

/** Writes the letters of a batch from what is true now. */
@Injectable()
export class BatchLetters {
  constructor(
    private readonly transactions: Transactions,
    private readonly batches: PrintBatchesRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Each letter once, some at a time. What is overtaken is dropped with its reason, and a letter to nobody's address goes on to the next
   * channel; once all were taken the batch may be said to be printed.
   */
  async *of(councilId: string, batchId: string): AsyncGenerator<Letter, void, undefined> {
    for (let after: string | null = null; ;) {
      const { letters, last }: Page = await this.transactions.write(councilId, (tx) => this.page(tx, batchId, after));
      yield* letters;
      if (last === null) break;
      after = last;
    }
    await this.transactions.write(councilId, async (tx) => {
      stillUnprinted(await this.batches.lock(tx, COUNCIL_WIDE.schoolId, batchId));
      await this.batches.fileMade(tx, batchId, this.clock.now());
    });
  }

  private async page(tx: Tx, batchId: string, after: string | null): Promise<Page> {
    const now = this.clock.now();
    stillUnprinted(await this.batches.hold(tx, batchId));
    const byLetter = grouped(await this.batches.letters(tx, batchId, after, PAGE, now));
    const dropped: DroppedPart[] = [];
    const unaddressed: LetterPart[] = [];
    const letters: Letter[] = [];
    for (const parts of byLetter) {
      const live = parts.filter((part) => reasonAgainst(part, now) === null);
      for (const part of parts) {
        const reason = reasonAgainst(part, now);
        if (reason !== null) dropped.push({ id: part.id, reason, letterGoes: live.length > 0 });
      }
      if (live.length === 0) continue;
      const letter = letterOf(live, now);
      if (letter === null) unaddressed.push(...live);
      else letters.push(letter);
    }
    if (dropped.length > 0) await this.batches.drop(tx, dropped, now);
    if (unaddressed.length > 0) await this.fallBack(tx, unaddressed, now);
    const last = byLetter.length < PAGE ? null : (byLetter.at(-1)?.[0]?.letterId ?? null);
    return { letters, last };
  }

  private async fallBack(tx: Tx, parts: readonly LetterPart[], now: Date): Promise<void> {
    await this.batches.fallBack(
      tx,
      parts.map(({ id }) => id),
      now,
    );
    const messages = [...new Set(parts.map(({ letterId }) => letterId))];
    await this.outbox.addEach(
      tx,
      DELIVERY,
      messages.map((noticeId) => ({ ids: { noticeId }, at: now })),
    );
  }
}

function stillUnprinted(batch: BatchState | null): void {
  if (batch?.printedAt !== null) throw new Error('the batch was said to be printed while its file was made');
}

function grouped(parts: readonly LetterPart[]): LetterPart[][] {
  const letters = new Map<string, LetterPart[]>();
  for (const part of parts) letters.set(part.letterId, [...(letters.get(part.letterId) ?? []), part]);
  return [...letters.values()];
}

/** Null where the person has no address any more. */
function letterOf(live: readonly LetterPart[], now: Date): Letter | null {
  const [first] = live;
  if (!first?.contact) throw new Error('a letter about nothing, or to nobody');
  const { contact, council, household } = first;
  if (contact.address === null) return null;
  const { language, text } = writeMessage(live, 'letter', now);
  return {
    language,
    councilName: council.name,
    recipient: recipientLines(contact.name, contact.address),
    reference: household.reference,
    writtenOn: dayIn(now, council.timeZone),
    subject: text.subject,
    body: text.body,
  };
}
