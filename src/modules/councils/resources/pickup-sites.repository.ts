import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';

/** A site as a family chooses where to collect. */
export interface PickupSite {
  readonly id: string;
  readonly name: string;
  readonly town: string | null;
}

const PICKUP_SITES = `
  SELECT id, name, address->>'city' AS town FROM sites
  WHERE council_id = current_council() AND (school_id IS NULL OR school_id = ANY ($1::uuid[]))
  ORDER BY name, id LIMIT $2`;

@Injectable()
export class PickupSitesRepository {
  /** The sites of no school and those of these schools, in the order of their names. */
  of(tx: Tx, schoolIds: readonly string[], limit: number): Promise<PickupSite[]> {
    return tx.query<PickupSite>(PICKUP_SITES, [schoolIds, limit]);
  }
}
