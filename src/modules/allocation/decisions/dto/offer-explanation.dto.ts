import { Field } from '../../../../platform/http/index.js';
import { ExplainedCriterionView } from '../../../requests/http.js';
import type { ExplainedOffer } from '../offer-explanation.service.js';

export class OfferExplanationView {
  @Field.uuid()
  offerId: string;

  @Field.uuid()
  lineId: string;

  @Field.uuid({ nullable: true, about: 'the round that made it; null: a manager placed the device by hand' })
  roundId: string | null;

  @Field.integer({ min: -1_000_000, example: 720 })
  score: number;

  @Field.integer({ min: 1, example: 1, about: 'of the priority policy' })
  policyVersion: number;

  @Field.day({ about: 'the day up to which waiting is counted' })
  countedOn: string;

  @Field.nestedList(() => ExplainedCriterionView, { about: 'their points are the score' })
  criteria: ExplainedCriterionView[];

  static of({ offer, score, policyVersion, countedOn, criteria }: ExplainedOffer): OfferExplanationView {
    return {
      offerId: offer.id,
      lineId: offer.lineId,
      roundId: offer.roundId,
      score,
      policyVersion,
      countedOn,
      criteria: criteria.map((each) => ExplainedCriterionView.of(each)),
    };
  }
}
