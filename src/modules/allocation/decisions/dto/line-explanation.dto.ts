import { Field } from '../../../../platform/index.js';
import { ExplanationView } from '../../../requests/index.js';
import { PASSING_KINDS, type PassingKind } from '../../domain/decision.texts.js';
import type { LineExplanation, ToldDecision } from '../line-explanation.service.js';

export class LineDecisionView {
  @Field.oneOf(PASSING_KINDS, {
    example: 'placement',
    about: 'placement: a device was set aside by hand for another family; override: it was handed over although this line was ahead',
  })
  kind: PassingKind;

  @Field.instant()
  at: string;

  @Field.text({ max: 2000, nullable: true, example: 'Examen dans dix jours', about: 'the person’s words; null once they have been erased' })
  reason: string | null;

  @Field.text({ max: 4000, about: 'the same in plain words' })
  sentence: string;

  static of({ kind, at, reason, sentence }: ToldDecision): LineDecisionView {
    return { kind, at: at.toISOString(), reason, sentence };
  }
}

export class LineExplanationView extends ExplanationView {
  @Field.nestedList(() => LineDecisionView, { about: 'what people decided past this line, the newest first' })
  decisions: LineDecisionView[];

  static override of(explanation: LineExplanation): LineExplanationView {
    return { ...ExplanationView.of(explanation), decisions: explanation.decisions.map((each) => LineDecisionView.of(each)) };
  }
}
