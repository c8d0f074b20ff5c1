import { Example, Field } from '../../../../platform/http/index.js';
import { TEXT_LANGUAGES, type TextLanguage } from '../../../../shared/language.js';
import { allHelpTexts, type HelpTextInUse } from '../../domain/help-texts.rules.js';
import { HELP_TOPICS, type HelpText, type HelpTopic } from '../../domain/help-topics.js';
import type { OwnHelpTexts } from '../help-texts.repository.js';

const topic = { example: 'charging', about: 'what families ask' } as const;
const language = { example: 'fr', about: 'one of the languages of families’ pages' } as const;
const text = {
  max: 4000,
  example: 'Branchez-le le soir.\n\nLe matin, il est prêt.',
  about: 'plain text, with an empty line between paragraphs',
};
const ALL = HELP_TOPICS.length * TEXT_LANGUAGES.length;

export class HelpTextBody {
  @Field.oneOf(HELP_TOPICS, topic)
  topic: HelpTopic;

  @Field.oneOf(TEXT_LANGUAGES, language)
  language: TextLanguage;

  @Field.text(text)
  text: string;
}

@Example({ texts: [{ topic: 'charging', language: 'fr', text: 'Branchez-le le soir.\n\nLe matin, il est prêt.' }] })
export class HelpTextsBody {
  @Field.nestedList(() => HelpTextBody, { max: ALL, about: 'the council’s own; where none is named, the shipped one is shown' })
  texts: HelpTextBody[];

  static toTexts({ texts }: HelpTextsBody): HelpText[] {
    return texts.map(({ topic, language, text }) => ({ topic, language, text }));
  }
}

export class HelpTextView {
  @Field.oneOf(HELP_TOPICS, topic)
  topic: HelpTopic;

  @Field.oneOf(TEXT_LANGUAGES, language)
  language: TextLanguage;

  @Field.text(text)
  text: string;

  @Field.boolean({ example: true, about: 'the council wrote it; false: it was shipped' })
  own: boolean;

  static of({ topic, language, text, isOwn }: HelpTextInUse): HelpTextView {
    return { topic, language, text, own: isOwn };
  }
}

export class HelpTextsView {
  @Field.nestedList(() => HelpTextView, { max: ALL, about: 'what families read: one of each topic in each language' })
  texts: HelpTextView[];

  @Field.integer({ min: 1, nullable: true, example: 1, about: 'the ETag names it; null before the first PUT' })
  version: number | null;

  @Field.instant({ nullable: true })
  updatedAt: string | null;

  static of({ texts, version, updatedAt }: OwnHelpTexts): HelpTextsView {
    return { texts: allHelpTexts(texts).map(HelpTextView.of), version, updatedAt: updatedAt?.toISOString() ?? null };
  }
}
