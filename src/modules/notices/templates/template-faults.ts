import type { Fault } from '../../../shared/denial.js';
import type { Channel, NoticeText } from '../domain/channels.js';
import { COMMON_VARIABLES, type Variables } from '../domain/triggers/variables.js';
import type { FactsOf, TriggerName } from '../domain/triggers.js';
import { messageFaults } from './message-faults.js';
import { combinedText, renderTemplate } from './render.js';
import { sampleFacts, sampleVariants } from './samples.js';
import { shippedFrame } from './shipped.js';
import { type SmsParts, smsParts } from './sms-parts.js';
import type { Frame, Template } from './template.js';
import { FRAME_VARIABLES, templateVariables } from './template-variables.js';

const LONGEST = { subject: 200, body: 5_000 } as const;
const MOST_PARTS = 3;
/** The time zone of the sample facts; which one it is does not change the result. */
const SAMPLE_ZONE = 'Europe/Paris';

/** What an editor of texts is told. */
export interface TemplateReview {
  readonly faults: readonly Fault[];
  /** The message with sample facts in its frame; null when it has faults and cannot be written. */
  readonly preview: NoticeText | null;
  /** The size of the longest SMS that any sample facts make; null for other channels. */
  readonly sms: SmsParts | null;
}

/** Returns everything that is wrong with a text that somebody wrote for a trigger, by JSON pointer; an empty list when it can be sent. */
export function templateFaults(
  trigger: TriggerName,
  channel: Channel,
  language: string,
  subject: string | null,
  body: string,
): readonly Fault[] {
  return reviewTemplate({ trigger, channel, language, subject, body }).faults;
}

/** Reviews a text: its faults, and the message that it makes in its frame. */
export function reviewTemplate(template: Template, frame: Frame = shippedFrame(template.channel, template.language)): TemplateReview {
  const { trigger, channel } = template;
  const variables = templateVariables(trigger);
  const faults = textFaults(template, variables, variables);
  if (faults.length > 0) return { faults, preview: null, sms: null };

  const framed = (facts: FactsOf<TriggerName>) => combinedText(frame, [renderTemplate(template, facts, { timeZone: SAMPLE_ZONE })], facts);
  const preview = framed(sampleFacts(trigger));
  if (channel !== 'sms') return { faults, preview, sms: null };
  const sms = longest(sampleVariants(trigger).map((facts) => smsParts(framed(facts).body)));
  return { faults: partsFaults(sms), preview, sms };
}

/** Returns everything that is wrong with the frame that somebody wrote for one channel and language. */
export function frameFaults(channel: Channel, language: string, subject: string | null, body: string): readonly Fault[] {
  const frame = { channel, language, subject, body };
  const faults = textFaults(frame, COMMON_VARIABLES, FRAME_VARIABLES);
  if (faults.length > 0) return faults;
  return combinedText(frame, [{ subject: null, body: MARK }], sampleFacts('need_review_due')).body.split(MARK).length === 2
    ? []
    : [{ pointer: '/body', code: 'REQUIRED', message: 'must hold {text}, once: what the notices have to say' }];
}

/** Letters that no frame contains. */
const MARK = 'XQZWJ';

function textFaults({ channel, language, subject, body }: Frame, inSubject: Variables, inBody: Variables): Fault[] {
  return [
    ...subjectFaults(channel, subject),
    ...(subject === null ? [] : partFaults('subject', subject, inSubject, language)),
    ...partFaults('body', body, inBody, language),
  ];
}

function subjectFaults(channel: Channel, subject: string | null): Fault[] {
  if (channel === 'sms') return subject === null ? [] : [{ pointer: '/subject', code: 'NOT_TAKEN', message: 'must be null for an SMS' }];
  return subject === null ? [{ pointer: '/subject', code: 'REQUIRED', message: `must be given for ${WITH_ARTICLE[channel]}` }] : [];
}

const WITH_ARTICLE = { email: 'an e-mail', letter: 'a letter' } as const;

function partFaults(part: 'subject' | 'body', text: string, variables: Variables, language: string): Fault[] {
  const pointer = `/${part}`;
  if (text.trim() === '') return [{ pointer, code: 'REQUIRED', message: 'must not be empty' }];
  const most = LONGEST[part];
  if (text.length > most) return [{ pointer, code: 'TOO_LONG', message: `must have ${most} characters or fewer` }];
  if (part === 'subject' && /[\r\n]/.test(text)) return [{ pointer, code: 'INVALID', message: 'must be one line' }];
  return messageFaults(text, variables, language, pointer);
}

function longest(all: readonly SmsParts[]): SmsParts {
  return all.reduce((one, other) => ((other.parts - one.parts || other.characters - one.characters) > 0 ? other : one));
}

function partsFaults({ encoding, characters, parts }: SmsParts): Fault[] {
  if (parts <= MOST_PARTS) return [];
  const size = `${characters} places of ${encoding === 'gsm7' ? 'GSM-7' : 'UCS-2'} in ${parts} parts`;
  return [{ pointer: '/body', code: 'TOO_MANY_PARTS', message: `must fit in ${MOST_PARTS} SMS; with an example it takes ${size}` }];
}
