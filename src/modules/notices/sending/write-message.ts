import { pagesIn, phoneIn } from '../domain/reach.rules.js';
import { noticeFacts } from '../domain/triggers.js';
import type { Channel, NoticeText } from '../domain/channels.js';
import type { CommonFacts } from '../domain/triggers/variables.js';
import type { NoticeToSend } from './messages.repository.js';
import { languageFor } from '../templates/languages.js';
import { combinedText, renderTemplate } from '../templates/render.js';
import { shippedFrame, shippedTemplate } from '../templates/shipped.js';
import type { Template } from '../templates/template.js';

export interface WrittenMessage {
  readonly language: string;
  readonly text: NoticeText;
}

interface MessagePart {
  readonly notice: NoticeToSend;
  readonly template: Template;
}

/**
 * Writes the message that one person gets about one or several things, in the first of their languages in which there are texts for all of
 * them.
 */
function writeMessage(notices: readonly NoticeToSend[], channel: Channel, now: Date, publicAddress: string): WrittenMessage {
  const [first] = notices;
  if (!first?.contact) throw new Error('a message about nothing, or to nobody');
  const hasTexts = (language: string) => notices.every((notice) => templateOf(notice, channel, language) !== null);
  const language = languageFor(first.contact.language, first.council.languages, hasTexts);
  const parts = notices.map((notice) => {
    const template = templateOf(notice, channel, language);
    if (template === null) throw new Error(`no text of ${notice.trigger} in ${language}`);
    return { notice, template };
  });
  return { language, text: writeFrom(parts, channel, language, now, publicAddress) };
}

/** A message without those of its notices that cannot be written; null when none can. */
export interface MessageAttempt {
  readonly message: WrittenMessage | null;
  /** The notices that are left out because their texts fail. */
  readonly broken: readonly NoticeToSend[];
  readonly fault: unknown;
}

/** Writes a message. A text that fails, such as a council's own text that cannot be parsed any more, does not keep the other notices back. */
export function tryToWriteMessage(notices: readonly NoticeToSend[], channel: Channel, now: Date, publicAddress: string): MessageAttempt {
  const tried = tryWriting(notices, channel, now, publicAddress);
  if (tried.message !== null) return { ...tried, broken: [] };
  const sound = notices.filter((notice) => tryWriting([notice], channel, now, publicAddress).message !== null);
  if (sound.length === 0 || sound.length === notices.length) return { ...tried, broken: notices };
  const { message } = tryWriting(sound, channel, now, publicAddress);
  return { message, broken: message === null ? notices : notices.filter((notice) => !sound.includes(notice)), fault: tried.fault };
}

function tryWriting(
  notices: readonly NoticeToSend[],
  channel: Channel,
  now: Date,
  publicAddress: string,
): { message: WrittenMessage | null; fault: unknown } {
  try {
    return { message: writeMessage(notices, channel, now, publicAddress), fault: null };
  } catch (fault) {
    return { message: null, fault };
  }
}

/** Writes the message of notices with given templates. Families' pages lie at the public address. */
export function writeFrom(parts: readonly MessagePart[], channel: Channel, language: string, now: Date, publicAddress: string): NoticeText {
  const [first] = parts;
  if (!first?.notice.contact) throw new Error('a message about nothing, or to nobody');
  const { contact, council, household } = first.notice;
  const { timeZone } = council;
  const pages = pagesIn(channel, publicAddress);
  const commonOf = ({ phone }: NoticeToSend): CommonFacts => ({
    contactName: contact.name,
    councilName: council.name,
    reference: household.reference,
    pages,
    phone: phoneIn(channel, phone),
  });
  const texts = parts.map(({ notice, template }) => {
    const facts = noticeFacts(notice.trigger, notice, commonOf(notice), now, timeZone);
    return renderTemplate(template, facts, { timeZone });
  });
  return combinedText(shippedFrame(channel, language), texts, commonOf(first.notice));
}

/** Returns the council's own text, else the shipped one; null when there is none in the language. */
function templateOf({ trigger, ownTexts }: NoticeToSend, channel: Channel, language: string): Template | null {
  const own = ownTexts.find((text) => text.channel === channel && text.language === language);
  return own ? { trigger, channel, language, subject: own.subject, body: own.body } : shippedTemplate(trigger, channel, language);
}
