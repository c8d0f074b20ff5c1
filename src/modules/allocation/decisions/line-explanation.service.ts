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

/** A decision of a person that concerns a line, with a sentence that says it in plain words. */
export type ExplainedDecision = LineDecision & { readonly sentence: string };

/** What the last published round gave a line or why it gave nothing, with a sentence that says it in plain words. */
export type ExplainedOutcome = LastOutcome & { readonly sentence: string };

/** Why a line has its score and its place, what it got in the last round, and which decisions of people passed it over. */
export type LineExplanation = Explanation & {
  readonly lastRound: ExplainedOutcome | null;
  readonly decisions: readonly ExplainedDecision[];
};

/** Explains a line. Its score and its place come from the module requests; this module adds what was decided about stock. */
@Injectable()
export class LineExplanationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly explanations: ExplanationService,
    private readonly passedOver: PassedOverRepository,
    private readonly proposals: RoundProposalsRepository,
  ) {}

  /** `asked` is the language of the sentences. When it is null, the family's language is used, else the council's. */
  explain(actor: Actor, lineId: string, asked: string | null): Promise<Outcome<LineExplanation>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const explained = await this.explanations.explain(tx, actor, lineId, asked);
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
