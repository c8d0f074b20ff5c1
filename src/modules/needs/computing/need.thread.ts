import type { NeedHousehold } from '../domain/need-input.js';
import { type KitContent, type Need, needOf } from '../domain/need.rules.js';

interface NeedTask {
  readonly household: NeedHousehold;
  readonly kits: readonly KitContent[];
  readonly lentStreams: number;
}

/** The function that NeedsEngine runs in a thread for a large household. */
export default function need({ household, kits, lentStreams }: NeedTask): Need {
  const steps = needOf(household, kits, lentStreams);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
