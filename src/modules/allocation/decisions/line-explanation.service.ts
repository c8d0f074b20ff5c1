import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/index.js';
import type { Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { type Explanation, ExplanationService } from '../../requests/index.js';
import { decisionSentence, type LineDecision } from '../domain/decision.texts.js';
import { roundSentence } from '../domain/round.texts.js';
import { type LastOutcome, RoundProposalsRepository } from '../rounds/round-proposals.repository.js';
import { PassedOverRepository } from './passed-over.repository.js';

/** A decision that touched a line, and the same in plain words. */
export type ExplainedDecision = LineDecision & { readonly sentence: string };

/** What the last round came to for a line, and the same in plain words. */
export type ExplainedOutcome = LastOutcome & { readonly sentence: string };

/** Why a line stands where it stands, what the last round gave it, and what people decided past it. */
export type LineExplanation = Explanation & {
  readonly lastRound: ExplainedOutcome | null;
  readonly decisions: readonly ExplainedDecision[];
};

/** Explains a line: requests know its score and its place, and here is known what was decided beside them. */
@Injectable()
export class LineExplanationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly explanations: ExplanationService,
    private readonly passedOver: PassedOverRepository,
    private readonly proposals: RoundProposalsRepository,
  ) {}

  /** Null language: the family's, else the council's. */
  explain(actor: Actor, lineId: string, asked: string | null): Promise<Outcome<LineExplanation>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const explained = await this.explanations.explain(tx, actor.reach, lineId, asked);
      if (!explained.ok) return explained;
      const { language, timeZone } = explained.value;
      const outcome = await this.proposals.lastOutcome(tx, lineId);
      const decisions = await this.passedOver.ofLine(tx, lineId);
      return ok({
        ...explained.value,
        lastRound: outcome && { ...outcome, sentence: roundSentence(outcome, language, timeZone) },
        decisions: decisions.map((each) => ({ ...each, sentence: decisionSentence(each, language, timeZone) })),
      });
    });
  }
}
