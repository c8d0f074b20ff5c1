import { Injectable } from '@nestjs/common';
import { hasText, textLanguage, type TextLanguage, offeredLanguage } from '../../../shared/language.js';
import type { Tx } from '../../../platform/index.js';
import { notFound, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type Actor, CouncilsRepository, reachOver } from '../../councils/index.js';
import { HouseholdsRepository } from '../../households/index.js';
import { RequestsRepository } from '../intake/requests.repository.js';
import { criterionSentence, standingSentences } from '../domain/explanation.texts.js';
import { refusalSentences } from '../domain/refusal.texts.js';
import { OPEN_LINE_STATES, type RequestLineState } from '../domain/request-line.machine.js';
import type { PriorityScale } from '../domain/priority-policy.rules.js';
import {
  type FactSources,
  type PriorityFacts,
  type ScoredCriterion,
  scoreOf,
  sourceOf,
  sourcesOf,
  type ValueSource,
} from '../domain/score.rules.js';
import { type LineInQueue, QueueRepository } from '../queue/queue.repository.js';
import { PriorityPoliciesRepository, type PriorityPolicy } from './priority-policies.repository.js';
import { RankingRepository, type ScoredFacts } from './ranking.repository.js';

/** A criterion of a line with the source of its value, and as a sentence. */
export type ExplainedCriterion = ScoredCriterion & { readonly from: ValueSource; readonly sentence: string };

/** The explanation of a line's score and place. */
export interface Explanation {
  readonly line: LineInQueue;
  readonly countedOn: ScoredFacts['countedOn'];
  readonly policyVersion: number;
  /** Whether the stored score is the sum of these criteria. If not, a job is about to score the line again, unless the line is closed. */
  readonly isCurrent: boolean;
  readonly criteria: readonly ExplainedCriterion[];
  readonly sentences: readonly string[];
  /** The language of the sentences. */
  readonly language: TextLanguage;
  readonly timeZone: string;
}

/** Explains a line's score and place, so that anybody can compute them again. */
@Injectable()
export class ExplanationService {
  constructor(
    private readonly queue: QueueRepository,
    private readonly requests: RequestsRepository,
    private readonly ranking: RankingRepository,
    private readonly policies: PriorityPoliciesRepository,
    private readonly councils: CouncilsRepository,
    private readonly households: HouseholdsRepository,
  ) {}

  /**
   * Explains a line. When `asked` is null, the language is the family's, else the council's. A line that was never submitted has no
   * explanation.
   */
  async explain(tx: Tx, actor: Actor, lineId: string, asked: string | null): Promise<Outcome<Explanation>> {
    const { schoolId } = await reachOver(actor, () => this.requests.householdOfLine(tx, lineId));
    const line = await this.queue.find(tx, schoolId, lineId);
    const scored = line && (await this.ranking.facts(tx, lineId));
    if (!line || !scored) return notFound();
    const { facts, sources, policyVersion, countedOn } = scored;
    const { scale } = (await this.policies.find(tx, policyVersion, countedOn)) as PriorityPolicy;
    const { timeZone } = await this.councils.facts(tx);
    const language = await this.languageFor(tx, line.householdId, asked);
    const { score, criteria } = explainedScore({ facts, sources: sourcesOf(sources), scale, language });
    const isCurrent = score === line.score;
    const isOpen = (OPEN_LINE_STATES as readonly RequestLineState[]).includes(line.state);
    return ok({
      line,
      countedOn,
      policyVersion,
      isCurrent,
      language,
      timeZone,
      criteria,
      sentences: [
        ...(line.state === 'refused' ? refusalSentences(line, language) : []),
        ...standingSentences({ ...line, policyVersion, isOpen, isCurrent }, language),
      ],
    });
  }

  /** Explains a score that was stored with a decision, in the words of today. */
  async explainStored(
    tx: Tx,
    householdId: string,
    stored: StoredScore,
    asked: string | null,
  ): Promise<ExplainedScore & { readonly language: TextLanguage }> {
    const { facts, verified, policyVersion, countedOn } = stored;
    const { scale } = (await this.policies.find(tx, policyVersion, countedOn)) as PriorityPolicy;
    const language = await this.languageFor(tx, householdId, asked);
    return { ...explainedScore({ facts, sources: sourcesOf(verified), scale, language }), language };
  }

  private async languageFor(tx: Tx, householdId: string, asked: string | null): Promise<TextLanguage> {
    if (asked !== null) return textLanguage(asked);
    const own = offeredLanguage(await this.households.languageOf(tx, householdId), hasText);
    return textLanguage(own ?? (await this.councils.facts(tx)).locale);
  }
}

/** A score that was stored with a decision. Facts that are not in `verified` were declared. */
export interface StoredScore {
  readonly facts: PriorityFacts;
  readonly verified: Partial<FactSources>;
  readonly policyVersion: number;
  readonly countedOn: ScoredFacts['countedOn'];
}

export interface ExplainedScore {
  readonly score: number;
  readonly criteria: readonly ExplainedCriterion[];
}

interface ScoreToExplain {
  readonly facts: PriorityFacts;
  readonly sources: FactSources;
  readonly scale: PriorityScale;
  readonly language: TextLanguage;
}

function explainedScore({ facts, sources, scale, language }: ScoreToExplain): ExplainedScore {
  const { score, criteria } = scoreOf(facts, scale);
  const explained = criteria.map((each) => {
    const from = sourceOf(each.criterion, facts, sources);
    return { ...each, from, sentence: criterionSentence(each, from, language) };
  });
  return { score, criteria: explained };
}
