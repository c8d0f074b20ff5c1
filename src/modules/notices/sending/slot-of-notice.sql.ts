/**
 * The pickup slot `s` that a notice `n` about an offer `o` is about: the one that was cancelled, else the offer's. Which one is said before it is
 * looked for: under row-level security an index serves plain values only, and every slot that there ever was would be read.
 */
export const SLOT_OF_NOTICE = `LATERAL (
    SELECT slot.* FROM (
      SELECT coalesce(CASE WHEN n.trigger = 'pickup_cancelled' AND pg_input_is_valid(n.about, 'uuid') THEN n.about::uuid END, o.pickup_slot_id) AS id OFFSET 0) named
    JOIN pickup_slots slot ON slot.council_id = current_council() AND slot.id = named.id) s`;
