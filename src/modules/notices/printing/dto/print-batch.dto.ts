import { Example, Field, orNull } from '../../../../platform/http/index.js';
import type { PrintBatch } from '../print-batches.repository.js';

@Example({})
export class PrintBatchBody {
  @Field.uuid({ ...orNull, about: 'letters to the families of this school only' })
  schoolId?: string | null;

  @Field.uuid({ ...orNull, about: 'letters about loans, offers and requests at this site only' })
  siteId?: string | null;
}

class LeftOutView {
  @Field.uuid()
  noticeId: string;

  @Field.uuid()
  householdId: string;

  @Field.text({ example: 'RETURNED', about: 'why it was dropped; `NO_ADDRESS`, `TEXT_FAULT`: it goes on to another channel' })
  reason: string;
}

export class PrintBatchView {
  @Field.uuid()
  id: string;

  @Field.uuid({ nullable: true, about: 'whose families the letters are to; null: all' })
  schoolId: string | null;

  @Field.uuid({ nullable: true, about: 'what the letters are about; null: all' })
  siteId: string | null;

  @Field.integer({ min: 1, example: 12, about: 'that were taken, 1,000 at most' })
  letters: number;

  @Field.nestedList(() => LeftOutView, { max: 100_000, about: 'what is not in the file after all, and why' })
  leftOut: LeftOutView[];

  @Field.instant()
  createdAt: string;

  @Field.instant({ nullable: true, about: 'when somebody last had the whole file' })
  fileMadeAt: string | null;

  @Field.instant({ nullable: true, about: 'when its letters count as sent' })
  printedAt: string | null;

  static of({ ordinal: _ordinal, leftOut, createdAt, fileMadeAt, printedAt, ...batch }: PrintBatch): PrintBatchView {
    return {
      ...batch,
      leftOut: [...leftOut],
      createdAt: createdAt.toISOString(),
      fileMadeAt: fileMadeAt?.toISOString() ?? null,
      printedAt: printedAt?.toISOString() ?? null,
    };
  }
}
