// Parts of statements that keep what a school reaches. They are constants and are never made from values.

/** Whether household `h` belongs to this school: it is the household's own, or that of one of its present learners. Null keeps all. */
export const isOfSchool = (school: string) => `
  (${school}::uuid IS NULL OR h.school_id = ${school} OR EXISTS (
    SELECT FROM learners k WHERE k.council_id = h.council_id AND k.household_id = h.id AND k.school_id = ${school} AND k.left_at IS NULL))`;

/** Whether a household, given by its id, belongs to this school; for one row, or for few. */
export const householdIsOfSchool = (household: string, school: string) => `
  (${school}::uuid IS NULL OR EXISTS (SELECT FROM households h WHERE h.council_id = current_council() AND h.id = ${household} AND ${isOfSchool(school)}))`;

/**
 * The ids of all households of a school, for `= ANY` in lists, which then begin at the school's families. It is an array, because the planner
 * would expect very many rows of a join and read everything of the council instead. Each id is in it once, because an array is searched from
 * its beginning. The school is named twice.
 */
export const householdsOfSchool = (school: string, again = school) => `ARRAY(
    SELECT f.id FROM households f WHERE f.council_id = current_council() AND f.school_id = ${school}
    UNION
    SELECT k.household_id FROM learners k WHERE k.council_id = current_council() AND k.school_id = ${again} AND k.left_at IS NULL)`;
