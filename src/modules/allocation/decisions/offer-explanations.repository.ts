import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { scoredNow, SHIPPED_SCALE_TEXT, type StoredScore, VERIFIED_FACTS } from '../../requests/index.js';
import type { Offer } from '../offers/offers.repository.js';
import { explanationOf, type StoredExplanation } from './stored-explanation.js';

// Reads request_lines, households, rankings and what scores are made from, beside the tables of this module.

/** The data from which a line's score was computed when a device was offered to it. */
export type OfferedScore = StoredScore & { readonly score: number };

const KEEP = `
  WITH ${scoredNow('SELECT l.* FROM request_lines l WHERE l.council_id = current_council() AND l.id = $3')}
  INSERT INTO placement_explanations (council_id, offer_id, line_id, score, facts, verified, policy_version, counted_on)
  SELECT current_council(), $2, s.id, s.base + s.waiting, s.facts, ${VERIFIED_FACTS('h')}, greatest(1, r.policy_version), r.counted_on
  FROM scored s
  JOIN request_lines l ON l.council_id = current_council() AND l.id = s.id
  JOIN households h ON h.council_id = current_council() AND h.id = l.household_id
  JOIN rankings r ON r.council_id = current_council()`;
const OF_PLACEMENT = `
  SELECT e.score, e.facts, e.verified, e.policy_version AS "policyVersion", e.counted_on::text AS "countedOn"
  FROM placement_explanations e WHERE e.council_id = current_council() AND e.offer_id = $1`;

/** The SQL of the explanations that are stored with placements. */
@Injectable()
export class OfferExplanationsRepository {
  /** Stores the data from which the score of the offer's line is computed at this moment. */
  async keep(tx: Tx, { id, lineId }: Pick<Offer, 'id' | 'lineId'>): Promise<void> {
    await tx.execute(KEEP, [SHIPPED_SCALE_TEXT, id, lineId]);
  }

  /** Null for an offer that a round made, and for one that was made before explanations were stored. */
  async ofPlacement(tx: Tx, offerId: string): Promise<OfferedScore | null> {
    const row = await tx.one<StoredExplanation>(OF_PLACEMENT, [offerId]);
    return row && explanationOf(row);
  }
}
