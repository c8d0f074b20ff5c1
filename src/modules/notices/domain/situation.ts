import type { Day } from '../../../shared/day.js';
import type { DeviceCategory, DeviceClass } from '../../../shared/vocabulary.js';
import type { OfferState } from '../../allocation/index.js';
import type { IncidentKind, IncidentOutcome, LoanItemState } from '../../loans/index.js';
import type { RequestLineState } from '../../requests/index.js';

/** What a notice is about, as it was when the notice was planned. */
export interface Topic {
  /**
   * The due day, the end of the offer or the pickup slot that it announces: when that changes, other notices are planned. Null when nothing of
   * it can change.
   */
  readonly about: string | null;
  /** Whether a later reminder of the same thing is due already: then only the last one says something new. */
  readonly overtaken: boolean;
}

export interface LoanSituation {
  readonly reference: string;
  readonly dueOn: Day;
  readonly overdueFrom: Day;
  readonly recalledOn: Day | null;
  /** Since when its present agreement text is unsigned (RFC 3339). */
  readonly unsignedSince: string | null;
  readonly siteName: string;
  readonly items: readonly {
    readonly state: LoanItemState;
    /** Whether the family says that it gave the item back, and nobody has settled that yet. */
    readonly claimedReturned: boolean;
    /** Whether the item came back at the moment that the notice is about, by the time in the loan's history. */
    readonly returnedThen: boolean;
    readonly model: string;
    readonly assetTag: string;
  }[];
}

export interface LineSituation {
  readonly state: RequestLineState;
  readonly class: DeviceClass;
  readonly reason: string | null;
  readonly suspendedUntil: Day | null;
  /** How many offers and pickups the family has missed. */
  readonly missed: number;
}

export interface OfferSituation {
  readonly state: OfferState;
  /** RFC 3339. */
  readonly expiresAt: string;
  readonly pickupSlotId: string | null;
  /** When the booked slot begins (RFC 3339). In a notice about a cancelled slot it is that slot. */
  readonly pickupAt: string | null;
  /** Whether a notice about it was sent. */
  readonly told: boolean;
  readonly device: DeviceCategory;
  readonly siteName: string;
}

export interface IncidentSituation {
  readonly kind: IncidentKind;
  readonly state: 'open' | 'closed';
  readonly outcome: IncidentOutcome | null;
  readonly device: DeviceCategory;
}

/** The present state of the things that a notice is about. A part is null when the notice is about no such thing. */
export interface Situation {
  readonly loan: LoanSituation | null;
  readonly line: LineSituation | null;
  readonly offer: OfferSituation | null;
  readonly incident: IncidentSituation | null;
  readonly household: {
    readonly reference: string;
    /** When the family's file last changed, RFC 3339. */
    readonly changedAt: string;
    /** Whether the household has an open request or an open loan. */
    readonly concerned: boolean;
  };
}
