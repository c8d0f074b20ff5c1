import { Field } from '../../../platform/index.js';
import type { PrintBatch } from '../print-batches.repository.js';

export class PrintBatchView {
  @Field.uuid()
  id: string;

  @Field.uuid({ nullable: true, about: 'of whose families the letters are; null: of the whole council' })
  schoolId: string | null;

  @Field.integer({ example: 12 })
  letters: number;

  @Field.integer({ example: 1, about: 'notices that were true no longer when it was made' })
  dropped: number;

  @Field.text({ example: 'user:0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10' })
  createdBy: string;

  @Field.instant()
  createdAt: string;

  static of({ createdAt, ...batch }: PrintBatch): PrintBatchView {
    return { ...batch, createdAt: createdAt.toISOString() };
  }
}
