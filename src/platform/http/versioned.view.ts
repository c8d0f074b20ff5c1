import { Field } from './field.js';

interface VersionedRow {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The members that the view of every resource has. */
export class VersionedView {
  @Field.uuid()
  id: string;

  @Field.integer({ min: 1, example: 1, about: 'the ETag names it' })
  version: number;

  @Field.instant()
  createdAt: string;

  @Field.instant()
  updatedAt: string;

  static parts({ id, version, createdAt, updatedAt }: VersionedRow): VersionedView {
    return { id, version, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
  }
}
