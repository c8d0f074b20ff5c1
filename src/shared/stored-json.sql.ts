// Stored JSON in statements, read as the readers of stored-json.ts read it: what is missing or of another kind is nothing, never NULL or an error.

/** A list in JSON; an empty one where it is no list. */
export const listIn = (json: string) => `(CASE WHEN jsonb_typeof(${json}) = 'array' THEN ${json} ELSE '[]' END)`;

/** An object in JSON; an empty one where it is none. */
export const objectIn = (json: string) => `(CASE WHEN jsonb_typeof(${json}) = 'object' THEN ${json} ELSE '{}' END)`;

/** A whole number in JSON, held within its bounds; fractions are cut off. */
export const wholeIn = (json: string, { min = -2_147_483_647, max = 2_147_483_647, otherwise = '0' } = {}) =>
  `(CASE WHEN jsonb_typeof(${json}) = 'number' THEN trunc(least(${max}, greatest(${min}, (${json})::numeric)))::integer ELSE ${otherwise} END)`;

/** A number in JSON; NULL where it is none. */
export const numberIn = (json: string) => `(CASE WHEN jsonb_typeof(${json}) = 'number' THEN (${json})::double precision END)`;

/** An instant in JSON; NULL where it is none. */
export const instantIn = (json: string) =>
  `(CASE WHEN pg_input_is_valid(${json} #>> '{}', 'timestamptz') THEN (${json} #>> '{}')::timestamptz END)`;
