import { type Day, instantAt } from '../../../shared/day.js';
import type { CommonFacts, Variable, Variables } from '../domain/triggers/variables.js';
import type { FactsOf, TriggerName } from '../domain/triggers.js';
import type { NoticeText } from '../domain/channels.js';
import { directionOf } from '../../../shared/language.js';
import { formatMessage, type MessageValues, wordVariable } from './message.js';
import { wordFor } from './shipped.js';
import { smsText } from './sms-parts.js';
import type { Frame, Template } from './template.js';
import { FRAME_VARIABLES, templateVariables, withPresence } from './template-variables.js';

/** Writes the text of one notice, without greeting and signature. The time zone is the council's. */
export function renderTemplate<Name extends TriggerName>(
  template: Template<Name>,
  facts: FactsOf<Name>,
  { timeZone }: { readonly timeZone: string },
): NoticeText {
  const variables = templateVariables(template.trigger);
  const values = valuesOf(variables, withPresence(variables, facts), template, timeZone);
  return textOf(template, (text) => formatMessage(text, variables, values, template.language, timeZone));
}

/** Joins the texts of one or several notices in one frame, whose language and channel are theirs. */
export function combinedText(frame: Frame, texts: readonly NoticeText[], facts: CommonFacts): NoticeText {
  const values = { ...valuesOf(FRAME_VARIABLES, facts, frame, 'UTC'), text: texts.map(({ body }) => body).join(SEPARATORS[frame.channel]) };
  const message = textOf(frame, (text) => formatMessage(text, FRAME_VARIABLES, values, frame.language, 'UTC'));
  if (frame.channel === 'sms') return { subject: null, body: smsText(message.body) };
  return texts.length === 1 ? { ...message, subject: texts[0]?.subject ?? message.subject } : message;
}

const SEPARATORS = { sms: '\n', email: '\n\n', letter: '\n\n' } as const;

type TextTarget = Pick<Template, 'language' | 'channel'>;

function textOf({ subject, body }: Pick<Template, 'subject' | 'body'>, write: (text: string) => string): NoticeText {
  return { subject: subject === null ? null : inOneLine(write(subject)), body: tidy(write(body)) };
}

function valuesOf(variables: Variables, facts: Readonly<Record<string, unknown>>, reader: TextTarget, timeZone: string): MessageValues {
  const values: MessageValues = {};
  for (const [name, { kind }] of Object.entries(variables)) {
    const fact = facts[name] ?? null;
    values[name] = fact === null ? null : valueOf(kind, fact, reader, timeZone);
    if (kind === 'choice') values[wordVariable(name)] = wordFor(reader.language, name, fact as string);
  }
  return values;
}

function valueOf(kind: Variable['kind'], fact: unknown, reader: TextTarget, timeZone: string): string | number | Date {
  if (kind === 'text') return typedText(fact as string, reader);
  if (kind === 'list') return (fact as readonly string[]).map((each) => `- ${typedText(each, reader)}`).join('\n');
  // At noon, which no time zone skips when its clocks change.
  if (kind === 'day') return instantAt(fact as Day, '12:00', timeZone);
  return fact as string | number | Date;
}

/**
 * Makes one line of a text that somebody typed, without marks that would change the direction of the text around it. Latin words in a text
 * from right to left are isolated, so that their punctuation stays with them (UAX #9); in an SMS they are not, because old phones would show
 * the marks.
 */
function typedText(text: string, { language, channel }: TextTarget): string {
  const plain = inOneLine(text.replace(DIRECTION_MARKS, ''));
  return channel !== 'sms' && directionOf(language) === 'rtl' && /\p{Script=Latin}|\d/u.test(plain) ? `\u2068${plain}\u2069` : plain;
}

const DIRECTION_MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

function inOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Removes the gaps that an empty branch of a template leaves. */
function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
