import { householdsOfSchool, isOfSchool } from './school-reach.sql.js';

// The statements of households.repository.ts, built once from constants; values only ever arrive as parameters.

const CONTACTS = `
  coalesce((
    SELECT jsonb_agg(
      jsonb_build_object(
        'id', c.id, 'name', c.name, 'relationship', c.relationship, 'phone', c.phone, 'email', c.email, 'language', c.language,
        'preferredChannel', c.preferred_channel, 'notify', c.notify, 'address', c.address)
      ORDER BY c.position)
    FROM contacts c WHERE c.council_id = h.council_id AND c.household_id = h.id), '[]') AS contacts`;

const LEARNERS = `
  coalesce((
    SELECT jsonb_agg(
      jsonb_build_object(
        'id', l.id, 'givenName', l.given_name, 'familyName', l.family_name, 'level', l.level, 'schoolId', l.school_id,
        'examYear', l.exam_year, 'className', l.class_name, 'largeScreen', l.large_screen, 'externalId', l.external_id,
        'timetable', l.timetable)
      ORDER BY l.position, l.id)
    FROM learners l WHERE l.council_id = h.council_id AND l.household_id = h.id AND l.left_at IS NULL), '[]') AS learners`;

const HOUSEHOLD = `
  h.id, h.reference, h.school_id AS "schoolId", h.home_alone AS "homeAlone", h.bursary_level AS "bursaryLevel", h.equipment,
  h.connectivity, h.facts, h.version, h.created_at AS "createdAt", h.updated_at AS "updatedAt", ${CONTACTS}, ${LEARNERS}`;

const ONE = `h.council_id = current_council() AND h.id = $1 AND ${isOfSchool('$2')}`;

/** Parameters: id, school in reach. */
export const READ = `SELECT ${HOUSEHOLD} FROM households h WHERE ${ONE}`;

/** Only locks: a statement reads other tables as they were when it started, so the content is read by the next one. */
export const LOCK = `SELECT h.id FROM households h WHERE ${ONE} FOR UPDATE OF h`;

export const IN_REACH = `
  SELECT h.id, h.reference, h.school_id AS "schoolId", h.version, coalesce((
    SELECT jsonb_agg(jsonb_build_object('id', l.id, 'level', l.level, 'schoolId', l.school_id) ORDER BY l.position, l.id)
    FROM learners l WHERE l.council_id = h.council_id AND l.household_id = h.id AND l.left_at IS NULL), '[]') AS learners
  FROM households h WHERE ${ONE}`;

/** Parameters: after, rows. */
export const PAGE = `
  SELECT ${HOUSEHOLD} FROM households h
  WHERE h.council_id = current_council() AND h.id > $1
  ORDER BY h.id LIMIT $2`;

/** The household that has the device with a tag; it is found once for each statement, by the index of tags. */
const HOLDER = (tag: string) =>
  `(SELECT d.holder_id FROM devices d WHERE d.council_id = current_council() AND d.asset_tag_key = ${tag} ORDER BY d.holder_id LIMIT 1)`;

/** Parameters: after, rows, school, school in reach. */
export const PAGE_OF_SCHOOL = `
  SELECT ${HOUSEHOLD} FROM households h
  WHERE h.council_id = current_council() AND h.id > $1
    AND h.id IN (
      SELECT id FROM households WHERE council_id = current_council() AND school_id = $3
      UNION
      SELECT household_id FROM learners WHERE council_id = current_council() AND school_id = $3 AND left_at IS NULL)
    AND ${isOfSchool('$4')}
  ORDER BY h.id LIMIT $2`;

/**
 * Parameters: after, rows, school, school in reach, patterns, reference, tag, patterns of a telephone number; one of the last four must match.
 * The households of a school are few enough to look at all of them and their telephone numbers, while a search of the whole council stops
 * after its first hits.
 */
export const SOUGHT_OF_SCHOOL = `
  SELECT ${HOUSEHOLD} FROM households h
  WHERE h.council_id = current_council() AND h.id > $1 AND h.id = ANY (${householdsOfSchool('$3')}) AND ${isOfSchool('$4')}
    AND (h.search_text LIKE ALL ($5::text[]) OR h.reference = $6 OR h.id = ${HOLDER('$7')}
      OR EXISTS (SELECT FROM contacts c WHERE c.council_id = h.council_id AND c.household_id = h.id AND c.search_text LIKE ANY ($8::text[])))
  ORDER BY h.id LIMIT $2`;

/** Parameters: ids. */
export const OF_IDS = `
  SELECT ${HOUSEHOLD} FROM households h
  WHERE h.council_id = current_council() AND h.id = ANY ($1::uuid[])
  ORDER BY h.id`;

/** Parameters: id. The language of the first contact who gets notices, of those who named a language. */
export const LANGUAGE = `
  SELECT c.language FROM contacts c WHERE c.council_id = current_council() AND c.household_id = $1 AND c.language IS NOT NULL
  ORDER BY c.notify DESC, c.position LIMIT 1`;

/** Parameters: ids, school in reach. */
export const CARDS = `
  SELECT h.id, h.reference, (
    SELECT c.name FROM contacts c WHERE c.council_id = h.council_id AND c.household_id = h.id ORDER BY c.position LIMIT 1) AS name
  FROM households h WHERE h.council_id = current_council() AND h.id = ANY ($1::uuid[]) AND ${isOfSchool('$2')}`;

const NEXT = (columns: string) => `
  (SELECT ${columns} FROM households WHERE council_id = current_council() AND id > $1 ORDER BY id LIMIT $2) AS near`;

/**
 * Parameters: after, rows to look at, most hits, patterns. Returns the ids that match among the next rows, and how many rows were looked at.
 * With as many hits as are wanted it stops early and returns 0, because nobody needs the number then.
 */
export const WALK = `
  WITH hit AS MATERIALIZED (SELECT id FROM ${NEXT('id, search_text')} WHERE search_text LIKE ALL ($4::text[]) LIMIT $3)
  SELECT
    CASE WHEN (SELECT count(*) FROM hit) < $3 THEN (SELECT count(*)::integer FROM ${NEXT('id')}) ELSE 0 END AS "lookedAt",
    (SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM hit) AS rows`;

const CONTACT_ROWS = (parameter: string) => `
  jsonb_to_recordset(${parameter}::jsonb) AS c(
    id uuid, position integer, name text, relationship text, phone text, email text, language text, "preferredChannel" text,
    notify boolean, address jsonb)`;

const LEARNER_ROWS = (parameter: string) => `
  jsonb_to_recordset(${parameter}::jsonb) AS l(
    id uuid, position integer, "givenName" text, "familyName" text, level text, "schoolId" uuid, "examYear" boolean,
    "className" text, "largeScreen" boolean, "externalId" text, timetable jsonb)`;

/** Writes the contacts of household `h` from a JSON parameter; a contact that is there already is changed. */
const PUT_CONTACTS = (parameter: string) => `
  INSERT INTO contacts (
    council_id, household_id, id, position, name, relationship, phone, email, language, preferred_channel, notify, address)
  SELECT h.council_id, h.id, c.id, c.position, c.name, c.relationship, c.phone, c.email, c.language, c."preferredChannel", c.notify, c.address
  FROM h, ${CONTACT_ROWS(parameter)}
  ON CONFLICT (council_id, id) DO UPDATE SET
    position = excluded.position, name = excluded.name, relationship = excluded.relationship, phone = excluded.phone, email = excluded.email,
    language = excluded.language, preferred_channel = excluded.preferred_channel, notify = excluded.notify, address = excluded.address`;

const PUT_LEARNERS = (parameter: string) => `
  INSERT INTO learners (
    council_id, household_id, id, position, given_name, family_name, level, school_id, exam_year, class_name, large_screen, external_id,
    timetable)
  SELECT h.council_id, h.id, l.id, l.position, l."givenName", l."familyName", l.level, l."schoolId", l."examYear", l."className",
    l."largeScreen", l."externalId", l.timetable
  FROM h, ${LEARNER_ROWS(parameter)}
  ON CONFLICT (council_id, id) DO UPDATE SET
    position = excluded.position, given_name = excluded.given_name, family_name = excluded.family_name, level = excluded.level,
    school_id = excluded.school_id, exam_year = excluded.exam_year, class_name = excluded.class_name,
    large_screen = excluded.large_screen, external_id = excluded.external_id, timetable = excluded.timetable`;

/**
 * Parameters: id, reference, school, home alone, bursary level, equipment, connectivity, facts, search text, now, contacts, learners. It
 * returns no row when the reference is taken.
 */
export const INSERT = `
  WITH h AS (
    INSERT INTO households (
      council_id, id, reference, school_id, home_alone, bursary_level, equipment, connectivity, facts, search_text, created_at, updated_at)
    VALUES (current_council(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
    ON CONFLICT ON CONSTRAINT households_reference DO NOTHING
    RETURNING council_id, id
  ), contact AS (${PUT_CONTACTS('$11')}), learner AS (${PUT_LEARNERS('$12')})
  SELECT id FROM h`;

/** Parameters: id, version, school, home alone, bursary level, equipment, connectivity, facts, search text, now, contacts, learners. */
export const UPDATE = `
  WITH h AS (
    UPDATE households
    SET school_id = $3, home_alone = $4, bursary_level = $5, equipment = $6, connectivity = $7, facts = $8, search_text = $9,
      updated_at = $10, version = version + 1
    WHERE council_id = current_council() AND id = $1 AND version = $2
    RETURNING council_id, id
  ), gone AS (
    DELETE FROM contacts c USING h
    WHERE c.council_id = h.council_id AND c.household_id = h.id AND c.id NOT IN (SELECT c.id FROM ${CONTACT_ROWS('$11')})
  ), left_home AS (
    UPDATE learners SET left_at = $10 FROM h
    WHERE learners.council_id = h.council_id AND learners.household_id = h.id AND learners.left_at IS NULL
      AND learners.id NOT IN (SELECT l.id FROM ${LEARNER_ROWS('$12')})
  ), contact AS (${PUT_CONTACTS('$11')}), learner AS (${PUT_LEARNERS('$12')})
  SELECT id FROM h`;

/** Parameters: id, version, facts, now. */
export const SET_FACTS = `
  UPDATE households SET facts = $3, updated_at = $4, version = version + 1
  WHERE council_id = current_council() AND id = $1 AND version = $2`;

/**
 * Parameters: reference, tag, after. The households that are named exactly, by their own reference or by the tag of a device that they have.
 */
export const NAMED = `
  SELECT h.id FROM households h WHERE h.council_id = current_council() AND h.reference = $1 AND h.id > $3
  UNION
  SELECT d.holder_id FROM devices d WHERE d.council_id = current_council() AND d.asset_tag_key = $2 AND d.holder_id > $3`;

/**
 * Parameters: patterns. The households whose telephone numbers match one of them; when there are too many, one more than a search may look at.
 */
export const WITH_PHONE = `SELECT DISTINCT found.id FROM unnest($1::text[]) AS pattern CROSS JOIN LATERAL search_contacts(ARRAY[pattern]) AS found (id)`;
