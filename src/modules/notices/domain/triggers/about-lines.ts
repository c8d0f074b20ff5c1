import type { DropReason } from '../drop-reasons.js';
import type { LineSituation } from '../situation.js';

/** Of a line that still waits for something. */
export const OPEN_LINE_STATES = ['waiting', 'offered', 'accepted', 'suspended'] as const;

/** Why what was true of a line in these states is not told; null while it is in one of them. */
export function lineNotIn({ state }: LineSituation, states: readonly LineSituation['state'][]): DropReason | null {
  if (states.includes(state)) return null;
  return state === 'withdrawn' ? 'WITHDRAWN' : 'OVERTAKEN';
}
