import { type Outcome, refusedFor } from '../../../shared/denial.js';
import type { Refusal } from '../../../shared/refusal.js';
import { ok } from '../../../shared/result.js';

/** The reasons that a person has overridden, and why. */
export interface OverriddenReasons {
  readonly codes: string[];
  readonly reason: string;
}

/**
 * Returns what was overridden, or null when there was no reason against it. Otherwise it is a refusal, which says why the override that was
 * asked for is not possible.
 */
export function overrideOf(
  reasons: readonly Refusal[],
  asked: { readonly reason: string } | null,
  mayOverride: boolean,
): Outcome<OverriddenReasons | null> {
  if (reasons.length === 0) return ok(null);
  if (asked === null) return refusedFor(reasons);
  const fixed = reasons.filter(({ overridable }) => !overridable).map(({ code }) => code);
  if (fixed.length > 0) return refusedFor(reasons, `No override counts against ${fixed.join(', ')}.`);
  if (!mayOverride)
    return refusedFor(reasons, "You may not override this: ask a council manager, or an administrator of one of the household's schools.");
  return ok({ codes: reasons.map(({ code }) => code), reason: asked.reason });
}
