import { type Outcome, refusedFor } from '../../../shared/denial.js';
import type { Refusal } from '../../../shared/refusal.js';
import { ok } from '../../../shared/result.js';

/** Reasons that a person set aside, and why. */
export interface Overridden {
  readonly codes: string[];
  readonly reason: string;
}

/** What was overridden, null where nothing stood against it; or the refusal, which says why an override that was asked for does not help. */
export function overrideOf(
  reasons: readonly Refusal[],
  asked: { readonly reason: string } | null,
  mayOverride: boolean,
): Outcome<Overridden | null> {
  if (reasons.length === 0) return ok(null);
  if (asked === null) return refusedFor(reasons);
  const fixed = reasons.filter(({ overridable }) => !overridable).map(({ code }) => code);
  if (fixed.length > 0) return refusedFor(reasons, `No override counts against ${fixed.join(', ')}.`);
  if (!mayOverride)
    return refusedFor(reasons, "You may not override this: ask a council manager, or an administrator of one of the household's schools.");
  return ok({ codes: reasons.map(({ code }) => code), reason: asked.reason });
}
