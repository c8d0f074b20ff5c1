import { listIn, numberIn, objectIn, wholeIn } from '../../../shared/stored-json.sql.js';
import { DEVICE_CLASSES } from '../../../shared/vocabulary.js';
import { type Criterion, CRITERION_NAMES, type EquipmentCriterion, STORED_BOUNDS } from '../domain/priority-policy.rules.js';

// Does for many lines at once what score.rules.ts does for one line; a test compares the two. Reads households, learners, schools, devices and
// needs.

const { points: MOST_POINTS, cap: MOST_CAP } = STORED_BOUNDS;
/** Reads points from JSON, as bigint, since products of them do not fit into an integer. */
const pointsIn = (json: string) => `${wholeIn(json, { min: -MOST_POINTS, max: MOST_POINTS })}::bigint`;
const capIn = (json: string) => `${wholeIn(json, { min: 0, max: MOST_CAP, otherwise: 'NULL' })}::bigint`;

const COMPUTERS = `('${DEVICE_CLASSES.computer.join("', '")}')`;

/** The school of a line: that of its first learner who has not left, else of the household's first learner, else of the household. */
export const schoolOf = (line: string) => `coalesce(
      (SELECT p.school_id FROM learners p
       WHERE p.council_id = current_council() AND p.id = ANY (${line}.learner_ids) AND p.left_at IS NULL
       ORDER BY array_position(${line}.learner_ids, p.id) LIMIT 1),
      (SELECT p.school_id FROM learners p
       WHERE p.council_id = current_council() AND p.household_id = ${line}.household_id AND p.left_at IS NULL
       ORDER BY p.position, p.id LIMIT 1),
      (SELECT h.school_id FROM households h WHERE h.council_id = current_council() AND h.id = ${line}.household_id))`;

/** The days of the council's calendar that line `l` has waited up to a day; suspended days do not count. */
export const waitingDays = (day: string, timeZone = 'c.time_zone') => `
  greatest(0, coalesce(l.suspended_on, ${day}) - (l.waiting_since AT TIME ZONE ${timeZone})::date - l.suspended_days)`;

/** Reads the `PriorityFacts` of some lines; `day` is the day up to which waiting days are counted. */
export const factsOf = (lines: string, day: string) => `
  SELECT l.id, l.scorings,
    coalesce(n.uncovered_minutes, 0) AS "uncoveredMinutes", coalesce(n.demanded_minutes, 0) AS "demandedMinutes",
    own.computers AS "ownComputers", lent.computers AS "lentComputers", own.smartphones AS "ownSmartphones",
    lent.smartphones AS "lentSmartphones", h.connectivity ->> 'kind' AS connectivity, lent.connections AS "lentConnections",
    pupils.learners, pupils.exams AS "examLearners", h.bursary_level AS "bursaryLevel", s.social_index AS "schoolIndex",
    h.home_alone AS "homeAlone", ${waitingDays(day)} AS "waitingDays", missed.offers AS "missedOffers"
  FROM (${lines}) l
  JOIN councils c ON c.id = current_council()
  JOIN households h ON h.council_id = current_council() AND h.id = l.household_id
  LEFT JOIN household_needs n ON n.council_id = current_council() AND n.household_id = l.household_id
  LEFT JOIN schools s ON s.council_id = current_council() AND s.id = ${schoolOf('l')}
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE e ->> 'category' IN ${COMPUTERS})::integer AS computers,
      count(*) FILTER (WHERE e ->> 'category' = 'smartphone')::integer AS smartphones
    FROM jsonb_array_elements(${listIn('h.equipment')}) e
  ) own
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE d.category IN ${COMPUTERS})::integer AS computers,
      count(*) FILTER (WHERE d.category = 'smartphone')::integer AS smartphones,
      count(*) FILTER (WHERE d.category IN ('router', 'sim'))::integer AS connections
    FROM devices d WHERE d.council_id = current_council() AND d.holder_id = h.id
  ) lent
  CROSS JOIN LATERAL (
    SELECT count(*)::integer AS learners, count(*) FILTER (WHERE p.exam_year)::integer AS exams
    FROM learners p WHERE p.council_id = current_council() AND p.household_id = h.id AND p.left_at IS NULL
  ) pupils
  CROSS JOIN LATERAL (
    SELECT count(*)::integer AS offers FROM request_line_events e
    WHERE e.council_id = current_council() AND e.line_id = l.id AND e.move IN ('expire_offer', 'expire_pickup')
  ) missed`;

/** The verified facts of household `household`, with who verified them and when. In a score that is stored, the others were declared. */
export const VERIFIED_FACTS = (household: string) => `coalesce((
    SELECT jsonb_object_agg(fact.key, fact.value - 'changedAt') FROM jsonb_each(${objectIn(`${household}.facts`)}) fact
    WHERE fact.value ->> 'source' = 'verified'), '{}')`;

/** A row of `factsOf` as \`PriorityFacts\` in JSON. */
export const factsAsJson = (row: string) => `to_jsonb(${row}) - 'id' - 'scorings'`;

/** The points of a criterion, limited by its cap; least and greatest ignore a cap that is null. */
const capped = (criterion: Criterion, points: string) => `
  (CASE WHEN ${points} < 0 THEN greatest(${points}, -w."${criterion}Cap") ELSE least(${points}, w."${criterion}Cap") END)`;
const forYes = (criterion: Criterion, condition: string) =>
  `(CASE WHEN ${condition} THEN least(w."${criterion}", w."${criterion}Cap") ELSE 0 END)`;
const forEach = (criterion: Criterion, count = `f."${criterion}"`) => capped(criterion, `(w."${criterion}" * coalesce(${count}, 0))`);

const computers = `(f."ownComputers" + f."lentComputers")`;

const BASE_POINTS: Readonly<Record<Exclude<Criterion, 'waitingDays' | EquipmentCriterion>, string>> = {
  uncoveredShare: capped(
    'uncoveredShare',
    `(CASE WHEN f."demandedMinutes" = 0 THEN 0 ELSE w."uncoveredShare" * f."uncoveredMinutes" / f."demandedMinutes" END)`,
  ),
  noInternet: forYes('noInternet', `f.connectivity = 'none' AND f."lentConnections" = 0`),
  learners: forEach('learners'),
  examYear: forYes('examYear', 'f."examLearners" > 0'),
  bursaryLevel: forEach('bursaryLevel'),
  schoolIndex: capped(
    'schoolIndex',
    `coalesce((
      SELECT ${pointsIn("band -> 'points'")} FROM jsonb_array_elements(${listIn('w.bands')}) WITH ORDINALITY AS each (band, place)
      WHERE f."schoolIndex" < ${numberIn("band -> 'below'")}
      ORDER BY place LIMIT 1), 0)`,
  ),
  homeAlone: forYes('homeAlone', 'f."homeAlone"'),
  missedOffers: forEach('missedOffers'),
};
const OF_EQUIPMENT: Readonly<Record<EquipmentCriterion, string>> = {
  noComputer: forYes('noComputer', `${computers} = 0`),
  smartphoneOnly: forYes('smartphoneOnly', `${computers} = 0 AND f."ownSmartphones" + f."lentSmartphones" > 0`),
  sharedDevice: forYes('sharedDevice', `${computers} > 0 AND f.learners >= 3 * ${computers}`),
};
/** Only the highest of the criteria about equipment counts. */
const EQUIPMENT_POINTS = `greatest(
  ${Object.values(OF_EQUIPMENT).join(',\n  ')})`;

/** One row with every weight of a scale. */
const weightsOf = (scale: string) => `
  SELECT ${CRITERION_NAMES.map((name) => `${pointsIn(`s -> '${name}' -> 'points'`)} AS "${name}", ${capIn(`s -> '${name}' -> 'cap'`)} AS "${name}Cap"`).join(', ')},
    s -> 'schoolIndex' -> 'bands' AS bands
  FROM (SELECT ${scale} AS s) scale`;

/** CTEs up to `scored (id, scorings, base, waiting, facts)`: the points of some lines under a scale, with those for waiting apart. */
export const scoring = ({ lines, scale, day }: { readonly lines: string; readonly scale: string; readonly day: string }) => `
  weights AS MATERIALIZED (${weightsOf(scale)}),
  facts AS (${factsOf(lines, day)}),
  scored AS (
    SELECT f.id, f.scorings, (${Object.values(BASE_POINTS).join(' + ')} + ${EQUIPMENT_POINTS})::integer AS base,
      (${forEach('waitingDays')})::integer AS waiting, ${factsAsJson('f')} AS facts
    FROM facts f CROSS JOIN weights w
  )`;

/** The points for waiting of line `l` of council `c`, under the weights `w`; they change every night. */
export const waitingPoints = (day: string) => `(${forEach('waitingDays', waitingDays(day))})::integer`;

/** The weights of a scale as a table `w`. */
export const weights = (scale: string) => `(${weightsOf(scale)}) w`;
