// Parts of statements that read stored JSON as the readers in stored-json.ts do. What is missing or has another type counts as empty, and
// never becomes NULL or an error.

/** A list in JSON; an empty list when the value is not one. */
export const listIn = (json: string) => `(CASE WHEN jsonb_typeof(${json}) = 'array' THEN ${json} ELSE '[]' END)`;

/** An object in JSON; an empty object when the value is not one. */
export const objectIn = (json: string) => `(CASE WHEN jsonb_typeof(${json}) = 'object' THEN ${json} ELSE '{}' END)`;

/** A whole number in JSON, cut to its bounds; fractions are cut off. */
export const wholeIn = (json: string, { min = -2_147_483_647, max = 2_147_483_647, otherwise = '0' } = {}) =>
  `(CASE WHEN jsonb_typeof(${json}) = 'number' THEN trunc(least(${max}, greatest(${min}, (${json})::numeric)))::integer ELSE ${otherwise} END)`;

/** A number in JSON; NULL when the value is not one. */
export const numberIn = (json: string) => `(CASE WHEN jsonb_typeof(${json}) = 'number' THEN (${json})::double precision END)`;

/** An instant in JSON; NULL when the value is not one. */
export const instantIn = (json: string) => `instant_or_null(${json} #>> '{}')`;
