import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { DeviceCategory } from '../../../shared/vocabulary.js';
import { categoriesToGive, type CountedPool } from '../domain/allocation-policy.rules.js';
import { LIVE_OFFER_STATES } from '../domain/offer.machine.js';
import { AllocationPoliciesRepository } from './allocation-policies.repository.js';

// Reads devices and sites beside the tables of this module.

/** The pools as a round counts them; an index of available devices serves it. */
const POOLS = `
  SELECT p.category, p.site_id AS "siteId", p.available FROM (
    SELECT d.category, d.site_id, d.fund_id, count(*)::integer AS available FROM devices d
    WHERE d.council_id = current_council() AND d.status = 'available' AND NOT EXISTS (
      SELECT FROM offers o WHERE o.council_id = current_council() AND o.device_id = d.id AND o.state IN ('${LIVE_OFFER_STATES.join("', '")}'))
    GROUP BY 1, 2, 3
  ) p
  JOIN sites s ON s.council_id = current_council() AND s.id = p.site_id
  WHERE $1::uuid IS NULL OR s.school_id IS NULL OR s.school_id = $1`;

/** Reads which stock can be given to families: the available devices without those that the council keeps back. */
@Injectable()
export class LendableStockReader {
  constructor(private readonly policies: AllocationPoliciesRepository) {}

  /** The categories of which there is stock: in the whole council, or for a school at its own sites and at sites of no school. */
  async categories(tx: Tx, schoolId: string | null): Promise<DeviceCategory[]> {
    const pools = await tx.query<CountedPool>(POOLS, [schoolId]);
    return categoriesToGive(pools, await this.policies.read(tx));
  }
}
