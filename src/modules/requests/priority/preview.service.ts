import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/index.js';
import { invalid, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { DeviceClass } from '../../../shared/vocabulary.js';
import { type PolicyCriterion, priorityPolicyFaults, scaleOf } from '../domain/priority-policy.rules.js';
import { PreviewRepository, type QueuePreview } from './preview.repository.js';

/** The number of lines on a page of the queue. */
const PAGE = 50;
const MOVERS = 10;

/** Shows the effect of a policy on a queue before it is published. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly transactions: Transactions,
    private readonly previews: PreviewRepository,
  ) {}

  preview(councilId: string, criteria: readonly PolicyCriterion[], deviceClass: DeviceClass): Promise<Outcome<QueuePreview>> {
    const faults = priorityPolicyFaults(criteria);
    if (faults.length > 0) return Promise.resolve(invalid(...faults));
    return this.transactions.read(councilId, async (tx) => ok(await this.previews.queue(tx, scaleOf(criteria), deviceClass, PAGE, MOVERS)));
  }
}
