import { triggersInSql } from '../domain/triggers.js';

/**
 * The pickup slot `s` that a notice `n` about an offer `o` is about: the cancelled one, else that of the offer. The id is found first, in a
 * subquery: under row-level security an index serves plain values only, and otherwise every slot of the council would be read.
 */
export const SLOT_OF_NOTICE = `LATERAL (
    SELECT slot.* FROM (
      SELECT coalesce(CASE WHEN n.trigger IN ${triggersInSql('aboutNames', 'pickup_slot')} AND n.about ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN n.about::uuid END, o.pickup_slot_id) AS id OFFSET 0) named
    JOIN pickup_slots slot ON slot.council_id = current_council() AND slot.id = named.id) s`;
