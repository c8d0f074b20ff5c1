import type { DeviceCategory, DeviceClass } from '../../../../shared/vocabulary.js';
import type { IncidentKind, IncidentOutcome } from '../../../loans/index.js';
import type { AppealDecision } from '../../domain/triggers/appeal-decided.js';
import type { PickupDay } from '../../domain/triggers/pickup-tomorrow.js';
import type { TriggerName } from '../../domain/triggers.js';
import type { Channel } from '../../domain/channels.js';

/** What one notice has to say in one language; the greeting and the signature are the frame's. */
interface NoticeTexts {
  /** Read by whoever holds the phone: no reason, nothing about the family. */
  readonly sms: string;
  readonly subject: string;
  readonly body: string;
}

interface FrameText {
  readonly subject: string | null;
  readonly body: string;
}

/**
 * All that Passerelle ships in one language. Plain words and short sentences, polite, never a child's name; each text says what to do. An
 * apostrophe is always ’: a straight one before a brace means something in MessageFormat.
 */
export interface LanguageTexts {
  /** What stands before the reference at the head of a letter. */
  readonly file: string;
  /** What `{device}` and the other choices read as: standing alone, with the article that the language has. */
  readonly words: {
    readonly deviceClass: Readonly<Record<DeviceClass, string>>;
    readonly device: Readonly<Record<DeviceCategory, string>>;
    readonly incidentKind: Readonly<Record<IncidentKind, string>>;
    readonly pickupDay: Readonly<Record<PickupDay, string>>;
    readonly decision: Readonly<Record<AppealDecision, string>>;
    readonly outcome: Readonly<Record<IncidentOutcome, string>>;
  };
  readonly frames: Readonly<Record<Channel, FrameText>>;
  readonly notices: Readonly<Record<TriggerName, NoticeTexts>>;
}

/** Parts with a blank line between them; an empty one leaves no gap. */
export const paragraphs = (...parts: readonly string[]): string => parts.join('\n\n');

export const lines = (...parts: readonly string[]): string => parts.join('\n');
