import { Field } from '../../../../platform/http/index.js';
import type { StockOfLine } from '../round-proposals.repository.js';

export class StockLookedAtView {
  @Field.uuids({
    nullable: true,
    about: 'the site that the request names, else those to which the round was narrowed; null: every site that may serve the line',
  })
  siteIds: string[] | null;

  @Field.texts({ about: 'the categories that the request takes', example: ['laptop', 'tablet'] })
  categories: string[];

  @Field.integer({ example: 0, about: 'devices that would suit the line in that stock, as the round began' })
  suitable: number;

  @Field.integer({
    example: 500,
    about: 'devices left at other sites that would suit it if the request named no site, and the round had been for all',
  })
  elsewhere: number;

  @Field.integer({ example: 0, about: 'devices of these categories at these sites whose fund is for none of its learners' })
  otherFunds: number;

  static of({ siteIds, categories, suitable, elsewhere, otherFunds }: StockOfLine): StockLookedAtView {
    return { siteIds: siteIds && [...siteIds], categories: [...categories], suitable, elsewhere, otherFunds };
  }
}
