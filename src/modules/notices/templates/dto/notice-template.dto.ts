import { Example, Field, orNull } from '../../../../platform/http/index.js';
import { isLanguageTag } from '../../../../shared/language.js';
import { type Channel, CHANNELS } from '../../domain/channels.js';
import { TRIGGER_NAMES, type TriggerName } from '../../domain/triggers.js';
import type { PreviewSubject } from '../../sending/messages.repository.js';
import type { PreviewedText, TemplateInUse } from '../notice-templates.service.js';

const NOT_A_LANGUAGE = 'must be a language tag such as fr';
const body = {
  max: 5000,
  example: 'Votre prêt {loanReference} se termine le {dueOn}.',
  about: 'ICU MessageFormat, without greeting and signature',
} as const;
const subject = { max: 200, example: 'À rendre le {dueOn}', about: 'null for an SMS, given otherwise' } as const;

export class TemplatePath {
  @Field.oneOf(TRIGGER_NAMES)
  trigger: TriggerName;

  @Field.oneOf(CHANNELS)
  channel: Channel;

  @Field.shaped('isLanguage', isLanguageTag, NOT_A_LANGUAGE, { max: 35 })
  language: string;
}

@Example({ subject: 'À rendre le {dueOn}', body: 'Votre prêt {loanReference} se termine le {dueOn}.' })
export class NoticeTemplateBody {
  @Field.text({ ...subject, ...orNull })
  subject?: string | null;

  @Field.label(body)
  body: string;
}

class PreviewSubjectBody {
  @Field.uuid({ optional: true, about: 'a household' })
  householdId?: string;

  @Field.uuid({ optional: true, about: 'a request line' })
  requestLineId?: string;

  @Field.uuid({ optional: true, about: 'an offer' })
  offerId?: string;

  @Field.uuid({ optional: true, about: 'a loan' })
  loanId?: string;

  @Field.uuid({ optional: true, about: 'an incident' })
  incidentId?: string;
}

@Example({
  trigger: 'loan_due',
  channel: 'email',
  language: 'fr',
  subject: 'À rendre le {dueOn}',
  body: 'Votre prêt {loanReference} se termine le {dueOn}.',
})
export class TemplatePreviewBody extends NoticeTemplateBody {
  @Field.oneOf(TRIGGER_NAMES, { example: 'loan_due' })
  trigger: TriggerName;

  @Field.oneOf(CHANNELS, { example: 'email' })
  channel: Channel;

  @Field.shaped('isLanguage', isLanguageTag, NOT_A_LANGUAGE, { max: 35, example: 'fr' })
  language: string;

  @Field.nested(() => PreviewSubjectBody, { ...orNull, about: 'one thing that it is to tell of; left out: a sample' })
  about?: PreviewSubject | null;
}

export class NoticeTemplateView {
  @Field.oneOf(TRIGGER_NAMES, { example: 'loan_due' })
  trigger: TriggerName;

  @Field.oneOf(CHANNELS, { example: 'email' })
  channel: Channel;

  @Field.text({ max: 35, example: 'fr' })
  language: string;

  @Field.text({ nullable: true, max: 200, example: 'À rendre le {dueOn}', about: 'subject line; null: an SMS has none' })
  subject: string | null;

  @Field.text({ max: 5000, example: 'Votre prêt {loanReference} se termine le {dueOn}.', about: 'the text, in ICU MessageFormat' })
  body: string;

  @Field.integer({ min: 1, nullable: true, example: 1, about: 'the ETag names it; null: the shipped text' })
  version: number | null;

  @Field.instant({ nullable: true, about: 'when it was last written; null: the shipped text' })
  updatedAt: string | null;

  static of({ trigger, channel, language, subject: title, body: text, version, updatedAt }: TemplateInUse): NoticeTemplateView {
    return { trigger, channel, language, subject: title, body: text, version, updatedAt: updatedAt?.toISOString() ?? null };
  }
}

export class NoticeTemplatesView {
  @Field.nestedList(() => NoticeTemplateView, { max: 10_000, about: 'those that the council has written' })
  templates: NoticeTemplateView[];
}

class SmsPartsView {
  @Field.oneOf(['gsm7', 'ucs2'], { example: 'gsm7', about: 'gsm7: 160 characters fit into one part; ucs2: 70' })
  encoding: 'gsm7' | 'ucs2';

  @Field.integer({ example: 142, about: 'length of the text in that encoding' })
  characters: number;

  @Field.integer({ min: 1, example: 1, about: 'as which it is paid for' })
  parts: number;
}

export class TemplatePreviewView {
  @Field.text({ nullable: true, max: 1000, example: 'À rendre le lundi 30 novembre' })
  subject: string | null;

  @Field.text({ max: 20_000, example: 'Bonjour Nadia B.,…', about: 'what would be sent, with greeting and signature' })
  body: string;

  @Field.nested(() => SmsPartsView, { nullable: true, about: 'how long it is as an SMS; null for other channels' })
  sms: SmsPartsView | null;

  static of({ text, sms }: PreviewedText): TemplatePreviewView {
    return { subject: text.subject, body: text.body, sms: sms && { ...sms } };
  }
}
