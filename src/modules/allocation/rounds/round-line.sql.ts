import { HAS_OVERDUE_LOAN, type QueuePlace, schoolOf } from '../../requests/index.js';
import { LIVE_OFFER_STATES } from '../domain/offer.machine.js';
import { NIL_ID } from '../../../shared/ids.js';

// Parts of statements that decide from which stock a line `l` may be served. They read learners, households, devices and offers.

/** A place ahead of the first one of every queue. */
export const BEFORE_ALL: QueuePlace = { score: 2_147_483_647, ticket: '', id: NIL_ID };

/** Everything that decides which pools a line may be served from, as text. Lines with the same key have the same list of pools. */
export const LINE_KEY = `
  concat_ws('|', array_to_string(l.acceptable_categories, ','), coalesce(l.pickup_site_id::text, ''), coalesce(${schoolOf('l')}::text, ''), coalesce(pupils.list, ''))`;

/**
 * Everything that decides whether the line's family may be promised one more device, as text: its learners, the borrower's level, what it
 * has and was promised of the given categories, and whether a loan is overdue on a day.
 */
export const LINE_STANDING = (categories: string, today: string) => `
  concat_ws('|', family.learners, coalesce(pupils.level, family.level, ''),
    (SELECT count(*) FROM devices d WHERE d.council_id = current_council() AND d.holder_id = l.household_id AND d.category = ANY (${categories})),
    (SELECT count(*) FROM offers o JOIN devices d ON d.council_id = current_council() AND d.id = o.device_id
     WHERE o.council_id = current_council() AND o.household_id = l.household_id AND o.state IN ('${LIVE_OFFER_STATES.join("', '")}')
       AND d.category = ANY (${categories})),
    (SELECT ${HAS_OVERDUE_LOAN(today)}::integer FROM households h WHERE h.council_id = current_council() AND h.id = l.household_id))`;

/** The tables that both texts above are made from. */
export const LINE_FAMILY = `
  CROSS JOIN LATERAL (
    SELECT string_agg(DISTINCT p.level || ':' || coalesce(p.school_id::text, ''), ',') AS list,
      (array_agg(p.level ORDER BY array_position(l.learner_ids, p.id)))[1] AS level
    FROM learners p WHERE p.council_id = current_council() AND p.id = ANY (l.learner_ids) AND p.left_at IS NULL
  ) pupils
  CROSS JOIN LATERAL (
    SELECT count(*) AS learners, (array_agg(p.level ORDER BY p.position, p.id))[1] AS level
    FROM learners p WHERE p.council_id = current_council() AND p.household_id = l.household_id AND p.left_at IS NULL
  ) family`;
