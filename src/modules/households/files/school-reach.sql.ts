// What a school reaches, as parts of statements; constants, never made from values.

/** Whether household `h` is of this school: its own, or that of one of its learners who are there. Null: everywhere. */
export const isOfSchool = (school: string) => `
  (${school}::uuid IS NULL OR h.school_id = ${school} OR EXISTS (
    SELECT FROM learners k WHERE k.council_id = h.council_id AND k.household_id = h.id AND k.school_id = ${school} AND k.left_at IS NULL))`;

/** The same of a household that is known by its id: for one row, or for few. */
export const householdIsOfSchool = (household: string, school: string) => `
  (${school}::uuid IS NULL OR EXISTS (SELECT FROM households h WHERE h.council_id = current_council() AND h.id = ${household} AND ${isOfSchool(school)}))`;

/**
 * The ids of all households of a school, to be compared with `= ANY`: for lists, which then begin at the school's families. An array, since
 * a plan that joins with them takes them for very many, and reads everything of the council instead; each once, since an array is
 * looked through from its beginning. The school is named twice.
 */
export const householdsOfSchool = (school: string, again = school) => `ARRAY(
    SELECT f.id FROM households f WHERE f.council_id = current_council() AND f.school_id = ${school}
    UNION
    SELECT k.household_id FROM learners k WHERE k.council_id = current_council() AND k.school_id = ${again} AND k.left_at IS NULL)`;
