import { classOf, type DeviceCategory } from '../../../shared/vocabulary.js';
import type { PromisedHousehold, PromiseFacts } from '../../../shared/promise.js';
import type { LoanPolicy } from '../../councils/index.js';
import type { RequestLine } from '../../requests/index.js';
import { learnersOf } from './offer-settings.js';
import type { LineHousehold, Offer, OfferDevice } from './offers.repository.js';

/** A device that is held for a line, or is to be held. */
interface LinePromise {
  readonly line: Pick<RequestLine, 'learnerIds' | 'acceptableCategories'>;
  readonly household: LineHousehold;
  readonly device: Pick<OfferDevice, 'category' | 'fund'>;
  readonly policy: LoanPolicy;
  /** How many other devices of the same class are promised to the household before this one. */
  readonly promised: number;
}

/** The facts from which the rule decides about a promise. */
export function promiseFacts({ line, household, device, policy, promised }: LinePromise): PromiseFacts {
  const { acceptableCategories } = line;
  return {
    device,
    line: { acceptableCategories, learners: learnersOf(line, household) },
    household: promisedHousehold(household, device.category, promised),
    policy,
  };
}

/** The devices of the same class as `category` that are held for the household. */
export function heldOfClass({ held }: Pick<LineHousehold, 'held'>, category: DeviceCategory): LineHousehold['held'] {
  return held.filter((each) => classOf(each.category) === classOf(category));
}

/**
 * How many devices of the same class were promised to the household before this live offer. When they are too many, the latest are taken
 * back.
 */
export function promisedBefore({ id }: Pick<Offer, 'id'>, household: LineHousehold, category: DeviceCategory): number {
  const held = heldOfClass(household, category);
  const place = held.findIndex(({ offerId }) => offerId === id);
  return place < 0 ? held.length : place;
}

function promisedHousehold(
  { learners, out, hasOverdueLoan }: LineHousehold,
  category: DeviceCategory,
  promised: number,
): PromisedHousehold {
  const itemsOut = out.filter((each) => classOf(each) === classOf(category)).length;
  return { learners: learners.length, itemsOut, promised, hasOverdueLoan };
}
