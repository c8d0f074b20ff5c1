import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/index.js';
import type { Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { type Explanation, ExplanationService } from '../../requests/index.js';
import { decisionSentence, type LineDecision } from '../domain/decision.texts.js';
import { PassedOverRepository } from './passed-over.repository.js';

/** A decision that touched a line, and the same in plain words. */
export type ToldDecision = LineDecision & { readonly sentence: string };

/** Why a line stands where it stands, and what people decided past it. */
export type LineExplanation = Explanation & { readonly decisions: readonly ToldDecision[] };

/** Explains a line: requests know its score and its place, and here is known what was decided beside them. */
@Injectable()
export class LineExplanationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly explanations: ExplanationService,
    private readonly passedOver: PassedOverRepository,
  ) {}

  /** Null language: the council's. */
  explain(actor: Actor, lineId: string, asked: string | null): Promise<Outcome<LineExplanation>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const explained = await this.explanations.explain(tx, actor.reach, lineId, asked);
      if (!explained.ok) return explained;
      const { language, timeZone } = explained.value;
      const decisions = await this.passedOver.ofLine(tx, lineId);
      return ok({
        ...explained.value,
        decisions: decisions.map((each) => ({ ...each, sentence: decisionSentence(each, language, timeZone) })),
      });
    });
  }
}
