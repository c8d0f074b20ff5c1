import { PickType } from '@nestjs/swagger';
import { Field } from '../../../../platform/http/index.js';
import type { DeviceClass } from '../../../../shared/vocabulary.js';
import { CLASSES } from '../../lines/dto/request-line.dto.js';
import type { PreviewedLine, QueuePreview } from '../preview.repository.js';
import { PriorityPolicyBody } from './priority-policy.dto.js';

export class PreviewBody extends PickType(PriorityPolicyBody, ['criteria']) {
  @Field.oneOf(CLASSES, { optional: true, example: 'computer', about: 'whose queue: computer when left out' })
  class?: DeviceClass;
}

export class PreviewedLineView {
  @Field.uuid()
  lineId: string;

  @Field.uuid()
  householdId: string;

  @Field.integer({ min: -1_000_000, example: 620, about: 'under the scale that holds' })
  score: number;

  @Field.integer({ min: 1, example: 12, about: 'under the scale that holds' })
  position: number;

  @Field.integer({ min: -1_000_000, example: 480, about: 'under the draft' })
  draftScore: number;

  @Field.integer({ min: 1, example: 3, about: 'under the draft' })
  draftPosition: number;

  @Field.integer({ min: -10_000_000, example: 9, about: 'places that it would gain; lose, when negative' })
  gains: number;

  static of({ lineId, householdId, score, position, draftScore, draftPosition }: PreviewedLine): PreviewedLineView {
    return { lineId, householdId, score, position, draftScore, draftPosition, gains: position - draftPosition };
  }
}

export class PreviewView {
  @Field.integer({ example: 80, about: 'lines that wait' })
  queueLength: number;

  @Field.integer({ example: 30, about: 'lines that would come earlier' })
  up: number;

  @Field.integer({ example: 28, about: 'lines that would come later' })
  down: number;

  @Field.nestedList(() => PreviewedLineView, { about: 'the first page of the queue as it would be' })
  first: PreviewedLineView[];

  @Field.nestedList(() => PreviewedLineView, { about: 'who would gain most places' })
  furthestUp: PreviewedLineView[];

  @Field.nestedList(() => PreviewedLineView, { about: 'who would lose most places' })
  furthestDown: PreviewedLineView[];

  static of({ queueLength, up, down, first, furthestUp, furthestDown }: QueuePreview): PreviewView {
    const views = (lines: readonly PreviewedLine[]) => lines.map((line) => PreviewedLineView.of(line));
    return { queueLength, up, down, first: views(first), furthestUp: views(furthestUp), furthestDown: views(furthestDown) };
  }
}
