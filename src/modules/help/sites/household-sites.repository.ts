import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { NIL_ID } from '../../../shared/ids.js';
import { storedPlace } from '../../../shared/stored-address.js';
import { LIVE_OFFER_STATES } from '../../allocation/index.js';
import { type Directions, storedDirections, storedOpeningHours } from '../../councils/index.js';

// Reads councils, sites, requests, offers, devices and loans.

/** A site where a household collects something, or brings it back. */
export interface HouseholdSite {
  readonly id: string;
  readonly name: string;
  readonly address: ReturnType<typeof storedPlace>;
  readonly openingHours: ReturnType<typeof storedOpeningHours>;
  /** The number to call: the site's, else the council's; null when there is neither. */
  readonly phone: string | null;
  readonly directions: Directions | null;
}

/** $2: whether the places that were chosen in requests are among them. */
const LIST = `
  SELECT s.id, s.name, s.address, s.opening_hours AS "openingHours", coalesce(s.phone, c.phone) AS phone, s.directions
  FROM sites s JOIN councils c ON c.id = s.council_id
  WHERE s.council_id = current_council() AND s.id > $3 AND s.id = ANY (ARRAY(
    SELECT l.site_id FROM loans l WHERE l.council_id = current_council() AND l.household_id = $1 AND l.state = 'open'
    UNION SELECT d.site_id FROM offers o JOIN devices d ON d.council_id = o.council_id AND d.id = o.device_id
    WHERE o.council_id = current_council() AND o.household_id = $1 AND o.state IN ('${LIVE_OFFER_STATES.join("', '")}')
    UNION SELECT r.pickup_site_id FROM requests r WHERE $2 AND r.council_id = current_council() AND r.household_id = $1))
  ORDER BY s.id LIMIT $4`;

type Row = Omit<HouseholdSite, 'address' | 'openingHours' | 'directions'> & {
  readonly address: unknown;
  readonly openingHours: unknown;
  readonly directions: unknown;
};

/** The SQL of the sites that concern a household. */
@Injectable()
export class HouseholdSitesRepository {
  /** In the order of their ids. Returns one more than `limit` when more follow. */
  async list(
    tx: Tx,
    householdId: string,
    { withChosen }: { readonly withChosen: boolean },
    after: string | null,
    limit: number,
  ): Promise<HouseholdSite[]> {
    const rows = await tx.query<Row>(LIST, [householdId, withChosen, after ?? NIL_ID, limit + 1]);
    return rows.map((row) => ({
      ...row,
      address: storedPlace(row.address),
      openingHours: storedOpeningHours(row.openingHours),
      directions: storedDirections(row.directions),
    }));
  }
}
