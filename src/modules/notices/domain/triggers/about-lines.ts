import type { DropReason } from '../drop-reasons.js';
import type { LineSituation } from '../situation.js';

/** The states of a line that still waits for a device. */
export const OPEN_LINE_STATES = ['waiting', 'offered', 'accepted', 'suspended'] as const;

/** Why a notice about a line in one of these states is dropped; null while the line is in one of them. */
export function lineNotIn({ state }: LineSituation, states: readonly LineSituation['state'][]): DropReason | null {
  if (states.includes(state)) return null;
  return state === 'withdrawn' ? 'WITHDRAWN' : 'OVERTAKEN';
}
