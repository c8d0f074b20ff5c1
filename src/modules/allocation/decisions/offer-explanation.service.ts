import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/index.js';
import { notFound, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type Actor, reachOver } from '../../councils/index.js';
import { type ExplainedScore, ExplanationService } from '../../requests/index.js';
import { type Offer, OffersRepository } from '../offers/offers.repository.js';
import { RoundProposalsRepository } from '../rounds/round-proposals.repository.js';
import { type OfferedScore, OfferExplanationsRepository } from './offer-explanations.repository.js';

/** An offer, with the data from which its line's score was computed when the decision was taken. */
export type ExplainedOffer = ExplainedScore & OfferedScore & { readonly offer: Offer };

/** Explains an offer from the data that were stored with the decision. */
@Injectable()
export class OfferExplanationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly offers: OffersRepository,
    private readonly placements: OfferExplanationsRepository,
    private readonly proposals: RoundProposalsRepository,
    private readonly explanations: ExplanationService,
  ) {}

  /** `asked` is the language of the sentences. When it is null, the family's language is used, else the council's. */
  explain(actor: Actor, offerId: string, asked: string | null): Promise<Outcome<ExplainedOffer>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const { schoolId } = await reachOver(actor, () => this.offers.householdOf(tx, offerId));
      const offer = await this.offers.find(tx, schoolId, offerId);
      if (!offer) return notFound();
      const { id, lineId, roundId } = offer;
      const stored = roundId === null ? await this.placements.ofPlacement(tx, id) : await this.proposals.storedScore(tx, roundId, lineId);
      return stored
        ? ok({ offer, ...stored, ...(await this.explanations.explainStored(tx, offer.householdId, stored, asked)) })
        : notFound();
    });
  }
}
