import type { Day } from '../../../shared/day.js';
import type { DeviceCategory, DeviceClass } from '../../../shared/vocabulary.js';
import type { OfferState } from '../../allocation/index.js';
import type { IncidentKind, IncidentOutcome, LoanItemState } from '../../loans/index.js';
import type { RequestLineState } from '../../requests/index.js';

/** What a notice is about, as it was when it was planned. */
export interface Topic {
  /** The due day, the end of the offer or the slot that it tells of: something with another has other notices. Null where nothing can change. */
  readonly about: string | null;
  /** A later reminder of the same thing is due by now: only the last of them still says something new. */
  readonly overtaken: boolean;
}

export interface LoanSituation {
  readonly reference: string;
  readonly dueOn: Day;
  readonly overdueFrom: Day;
  readonly recalledOn: Day | null;
  /** Since when its present agreement text is unsigned, RFC 3339. */
  readonly unsignedSince: string | null;
  readonly siteName: string;
  readonly items: readonly {
    readonly state: LoanItemState;
    /** The family says that it gave the item back, and nobody has settled that yet. */
    readonly claimedReturned: boolean;
    /** It came back at the moment that the notice tells of, as the loan's history has it, whose clock never goes back. */
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
  /** Offers and pickups that were missed. */
  readonly missed: number;
}

export interface OfferSituation {
  readonly state: OfferState;
  /** RFC 3339. */
  readonly expiresAt: string;
  readonly pickupSlotId: string | null;
  /** RFC 3339. Of the slot that is booked; where a notice tells that one is cancelled, of that. */
  readonly pickupAt: string | null;
  /** A notice of it has left. */
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

/** How the things that a notice is about stand now; null where it is about no such thing. */
export interface Situation {
  readonly loan: LoanSituation | null;
  readonly line: LineSituation | null;
  readonly offer: OfferSituation | null;
  readonly incident: IncidentSituation | null;
  readonly household: {
    readonly reference: string;
    /** When the family's file last changed, RFC 3339. */
    readonly changedAt: string;
    /** It waits for something, or has something on loan. */
    readonly concerned: boolean;
  };
}
