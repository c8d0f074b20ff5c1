import type { PlacedLine } from '../../../modules/requests/index.js';
import type { MyFileKey } from './texts/texts.js';

/** What happens to a line that goes its way, in this order. */
const WAY = ['stepAsked', 'stepTurn', 'stepOffer', 'stepCollect', 'stepHave'] as const satisfies readonly MyFileKey[];

/** Where on its way a line stands; a line in another state has left it, or has not set out. */
const PRESENT_STEP: Partial<Record<PlacedLine['state'], number>> = { waiting: 1, offered: 2, accepted: 3, fulfilled: WAY.length };

export interface Step {
  readonly key: (typeof WAY)[number];
  readonly is: 'done' | 'now' | 'next';
}

/** The steps of a line, from the first; none where it is not on its way. */
export function stepsOf(state: PlacedLine['state']): readonly Step[] {
  const present = PRESENT_STEP[state];
  if (present === undefined) return [];
  return WAY.map((key, place) => ({ key, is: place < present ? 'done' : place === present ? 'now' : 'next' }));
}

/** How the tag of a line's state looks. */
export const TAG_LOOKS: Readonly<Record<PlacedLine['state'], 'wait' | 'good' | 'stop' | ''>> = {
  draft: '',
  waiting: 'wait',
  offered: 'good',
  accepted: 'good',
  fulfilled: 'good',
  suspended: 'wait',
  refused: 'stop',
  withdrawn: '',
};
