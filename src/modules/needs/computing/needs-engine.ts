import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ThreadDispatcher, threadTask } from '../../../platform/index.js';
import type { Actor } from '../../councils/index.js';
import type { Fault } from '../../../shared/denial.js';
import type { Result } from '../../../shared/result.js';
import { isSmallNeed, isSmallPlan } from '../domain/engine-size.rules.js';
import { type Need, needOf } from '../domain/need.rules.js';
import type { NeedInputs } from './compute-need.js';
import type { PlanInput, PlanRequest } from '../domain/plan-input.js';
import { planOf } from '../domain/plan-of.js';
import { type SharingPlan, sharingPlan } from '../domain/sharing-plan.js';
import type needWork from './need.thread.js';
import type { NeedCatalogue } from './needs.repository.js';

const PLAN = threadTask<typeof planOf>(import.meta.url, './plan.thread');
const SHARING_PLAN = threadTask<typeof sharingPlan>(import.meta.url, './sharing-plan.thread');
const NEED = threadTask<typeof needWork>(import.meta.url, './need.thread');

/** For whom a need is computed: a user who waits for the answer, or a job, which may take its time. */
type NeedCaller = Pick<Actor, 'id'> | 'job';

/** Runs the engine without delaying other requests of this process: a large household takes seconds, and is computed in a thread. */
@Injectable()
export class NeedsEngine {
  constructor(private readonly threads: ThreadDispatcher) {}

  /** @throws Problem UNAVAILABLE when too much is computed already */
  async planOf(request: PlanRequest, caller: string): Promise<Result<SharingPlan, Fault[]>> {
    return isSmallPlan(request) ? planOf(request) : this.threads.answer(PLAN, request, caller);
  }

  /** @throws Problem UNAVAILABLE when too much is computed already */
  async sharingPlan(input: PlanInput, caller: string): Promise<SharingPlan> {
    return isSmallPlan(input) ? sharingPlan(input) : this.threads.answer(SHARING_PLAN, input, caller);
  }

  /** @throws Problem UNAVAILABLE when too much is computed already, for a request */
  async need({ household }: Pick<NeedInputs, 'household'>, { kits, lentStreams }: NeedCatalogue, whom: NeedCaller): Promise<Need> {
    const input = { household, kits: kits.map(({ id, costCents, components }) => ({ id, costCents, components })), lentStreams };
    if (!isSmallNeed(household, kits, lentStreams)) {
      return whom === 'job' ? this.threads.work(NEED, input) : this.threads.answer(NEED, input, whom.id);
    }
    const steps = needOf(household, kits, lentStreams);
    let step = steps.next();
    while (!step.done) {
      // Other requests are served between two runs of the engine.
      await setImmediate();
      step = steps.next();
    }
    return step.value;
  }
}
