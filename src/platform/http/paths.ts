import { Field } from './field.js';

/** The `{id}` of a path. */
export class IdPath {
  @Field.uuid()
  id: string;
}
