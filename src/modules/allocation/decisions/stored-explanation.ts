import { storedFactSources, storedPriorityFacts, type StoredScore } from '../../requests/index.js';

/** The data from which a score was computed when a decision was taken, as the database stores them. */
export type StoredExplanation = Omit<StoredScore, 'facts' | 'verified'> & {
  readonly score: number;
  readonly facts: unknown;
  readonly verified: unknown;
};

export function explanationOf({
  score,
  facts,
  verified,
  policyVersion,
  countedOn,
}: StoredExplanation): StoredScore & { readonly score: number } {
  return { score, facts: storedPriorityFacts(facts), verified: storedFactSources(verified), policyVersion, countedOn };
}
