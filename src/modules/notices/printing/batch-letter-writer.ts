import { Injectable } from '@nestjs/common';
import { Clock, Log, Outbox, Settings, Transactions, type Tx } from '../../../platform/index.js';
import { dayIn } from '../../../shared/day.js';
import { COUNCIL_WIDE } from '../../councils/index.js';
import { recipientLines } from '../domain/recipient.js';
import type { Letter } from '../letters/letter.js';
import { MessageTextsRepository } from '../sending/message-texts.repository.js';
import { reasonAgainst } from '../sending/next-step.js';
import { DELIVERY } from '../sending/sweep-notices.service.js';
import { tryToWriteMessage } from '../sending/write-message.js';
import {
  type BatchState,
  type DroppedPart,
  type FallbackPart,
  type FallbackReason,
  type LetterPart,
  PrintBatchesRepository,
} from './print-batches.repository.js';

const PAGE = 50;

interface NextLetters {
  readonly letters: readonly Letter[];
  /** The id of the last letter; null when there are no more. */
  readonly last: string | null;
}

interface LetterAttempt {
  readonly letter: Letter | null;
  /** The notices that are not in it. */
  readonly unwritten: readonly LetterPart[];
  /** The error of its text; null when the address is missing, or nothing is wrong. */
  readonly fault: unknown;
}

/** Writes the letters of a batch, as things are now. */
@Injectable()
export class BatchLetterWriter {
  constructor(
    private readonly transactions: Transactions,
    private readonly batches: PrintBatchesRepository,
    private readonly texts: MessageTextsRepository,
    private readonly outbox: Outbox,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * Yields each letter once. A notice that is no longer true is dropped with its reason. A notice to a person without an address, or whose
   * text cannot be written, goes on to the next channel. When all letters were taken, the file counts as made.
   */
  async *lettersOf(councilId: string, batchId: string): AsyncGenerator<Letter, void, undefined> {
    for (let after: string | null = null; ;) {
      const { letters, last }: NextLetters = await this.transactions.write(councilId, (tx) => this.nextLetters(tx, batchId, after));
      yield* letters;
      if (last === null) break;
      after = last;
    }
    await this.transactions.write(councilId, async (tx) => {
      requireUnprinted(await this.batches.lock(tx, COUNCIL_WIDE.schoolId, batchId));
      await this.batches.fileMade(tx, batchId, this.clock.now());
    });
  }

  private async nextLetters(tx: Tx, batchId: string, after: string | null): Promise<NextLetters> {
    const now = this.clock.now();
    requireUnprinted(await this.batches.hold(tx, batchId));
    const byLetter = groupedByLetter(await this.batches.letters(tx, batchId, after, PAGE, now));
    const dropped: DroppedPart[] = [];
    const leaving: FallbackPart[] = [];
    const letters: Letter[] = [];
    const texts: (Pick<Letter, 'language' | 'subject' | 'body'> & { readonly noticeId: string })[] = [];
    for (const parts of byLetter) {
      const live = parts.filter((part) => reasonAgainst(part, now) === null);
      for (const part of parts) {
        const reason = reasonAgainst(part, now);
        if (reason !== null) dropped.push({ id: part.id, reason, letterGoes: live.length > 0 });
      }
      if (live.length === 0) continue;
      const written = letterOf(live, now, this.settings.publicAddress);
      if (written.letter !== null) {
        letters.push(written.letter);
        const { language, subject, body } = written.letter;
        texts.push({ noticeId: (live[0] as LetterPart).letterId, language, subject, body });
      }
      leaving.push(...fallingBackTogether(written.unwritten, written.fault === null ? 'NO_ADDRESS' : 'TEXT_FAULT'));
      if (written.fault !== null) this.logBroken(written);
    }
    await this.texts.keep(tx, 'letter', texts, now);
    if (dropped.length > 0) await this.batches.drop(tx, dropped, now);
    if (leaving.length > 0) await this.fallBack(tx, leaving, now);
    const last = byLetter.length < PAGE ? null : (byLetter.at(-1)?.[0]?.letterId ?? null);
    return { letters, last };
  }

  private async fallBack(tx: Tx, leaving: readonly FallbackPart[], now: Date): Promise<void> {
    const messages = await this.batches.fallBack(tx, leaving, now);
    await this.outbox.addEach(
      tx,
      DELIVERY,
      messages.map((noticeId) => ({ ids: { noticeId }, at: now })),
    );
  }

  /** Logged for whoever runs the program, since staff cannot mend it. */
  private logBroken({ unwritten, fault }: LetterAttempt): void {
    for (const { id: noticeId, trigger } of unwritten)
      this.log.error('a text could not be written', { noticeId, trigger, channel: 'letter', error: (fault as Error).name });
  }
}

/** Makes one message of notices that go on to the next channel together. */
function fallingBackTogether(parts: readonly LetterPart[], reason: FallbackReason): FallbackPart[] {
  const [first, ...others] = parts;
  if (!first) return [];
  return [{ id: first.id, combinedInto: null, reason }, ...others.map(({ id }) => ({ id, combinedInto: first.id, reason }))];
}

function requireUnprinted(batch: BatchState | null): void {
  if (batch?.printedAt !== null) throw new Error('the batch was said to be printed while its file was made');
}

function groupedByLetter(parts: readonly LetterPart[]): LetterPart[][] {
  const letters = new Map<string, LetterPart[]>();
  for (const part of parts) letters.set(part.letterId, [...(letters.get(part.letterId) ?? []), part]);
  return [...letters.values()];
}

/** Writes one letter without those of its notices whose texts fail, and not at all when the person has no address any more. */
function letterOf(live: readonly LetterPart[], now: Date, publicAddress: string): LetterAttempt {
  const [first] = live;
  if (!first?.contact) throw new Error('a letter about nothing, or to nobody');
  const { contact, council, household } = first;
  if (contact.address === null) return { letter: null, unwritten: live, fault: null };
  const { message, broken, fault } = tryToWriteMessage(live, 'letter', now, publicAddress);
  const unwritten = live.filter((part) => broken.includes(part));
  if (message === null) return { letter: null, unwritten, fault };
  const letter: Letter = {
    language: message.language,
    councilName: council.name,
    recipient: recipientLines(contact.name, contact.address),
    reference: household.reference,
    writtenOn: dayIn(now, council.timeZone),
    subject: message.text.subject,
    body: message.text.body,
  };
  return { letter, unwritten, fault };
}
