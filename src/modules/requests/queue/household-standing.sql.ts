// Parts of statements about what a household has on loan, by the rows of devices and households. They are constants and are never made from
// values.

/** The categories of the devices that a household has on loan, one for each, as JSON. */
export const CATEGORIES_OUT = (household: string) => `
  coalesce((SELECT jsonb_agg(d.category) FROM devices d WHERE d.council_id = current_council() AND d.holder_id = ${household}), '[]')`;

/** Whether the household `h` has a loan that is overdue on a day. */
export const HAS_OVERDUE_LOAN = (today: string) => `coalesce(h.overdue_from <= ${today}::date, false)`;
