import { Field } from '../../../../platform/http/index.js';
import type { HouseholdCard } from '../household-cards.service.js';

export class HouseholdCardView implements HouseholdCard {
  @Field.uuid()
  id: string;

  @Field.text({ example: 'F-7K3M-2Q' })
  reference: string;

  @Field.text({ example: 'Nadia B.', about: 'of its first contact' })
  name: string;
}

/** The member `household` of what a list shows. */
export const HouseholdCardField = (): PropertyDecorator =>
  Field.nested(() => HouseholdCardView, { nullable: true, about: 'null for callers who may not read the file' });
