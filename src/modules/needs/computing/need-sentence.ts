import type { Need } from '../domain/need.rules.js';
import { noRecommendationSentence, recommendationSentence } from '../domain/recommendation.texts.js';
import type { NeedCatalogue } from './needs.repository.js';

/** What a loan would change, as a sentence; `names` are those of the learners, by id. */
export function needSentence(
  { recommendation, noRecommendation, uncoveredMinutes }: Need,
  kits: NeedCatalogue['kits'],
  names: ReadonlyMap<string, string>,
  language: string,
): string {
  const kit = kits.find(({ id }) => id === recommendation?.kitId);
  if (recommendation && kit) return recommendationSentence(recommendation, kit.components, names, language);
  return noRecommendationSentence(noRecommendation ?? 'NO_KITS', uncoveredMinutes, language);
}
