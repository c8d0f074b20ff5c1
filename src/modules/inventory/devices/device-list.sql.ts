import { states } from '../../../shared/machine.js';
import { DEVICE_CATEGORIES } from '../../../shared/vocabulary.js';
import { DEVICE_COLUMNS } from './devices.repository.js';
import { deviceMachine } from '../domain/device.machine.js';

export const DEVICE_STATUSES = states(deviceMachine);

// In every statement $1 is the id after which the page begins, and $2 the number of rows.

const next = (condition: string) => `
  SELECT d.id FROM devices d WHERE d.council_id = current_council() AND ${condition} AND d.id > $1 ORDER BY d.id LIMIT $2`;
/** Several ordered queries, merged while they are read. Each follows an index, so none is read further than necessary. */
const merged = (conditions: readonly string[]) =>
  `SELECT id FROM (${conditions.map((condition) => `(${next(condition)})`).join(' UNION ALL ')}) d ORDER BY id LIMIT $2`;
const WHAT = '($3::text[])';

/**
 * The ids of the next rows by different access paths. Each follows an index, so that the 1,000th page costs as much as the first. $3 is
 * what the path is for: nothing, a status, a category, both, a fund, or sites.
 */
const IDS = {
  everywhere: next(`${WHAT} IS NOT NULL`),
  status: merged(DEVICE_CATEGORIES.map((category) => `d.status = ${WHAT}[1] AND d.category = '${category}'`)),
  category: merged(DEVICE_STATUSES.map((status) => `d.status = '${status}' AND d.category = ${WHAT}[1]`)),
  both: next(`d.status = ${WHAT}[1] AND d.category = ${WHAT}[2]`),
  fund: next(`d.fund_id = ${WHAT}[1]::uuid`),
  sites: `
    SELECT d.id FROM unnest(${WHAT}::uuid[]) AS s (site_id) CROSS JOIN LATERAL (${next('d.site_id = s.site_id')}) d
    ORDER BY d.id LIMIT $2`,
} as const;

export type AccessPath = keyof typeof IDS;

/**
 * OFFSET 0 keeps the planner from joining in another order than that of the ids, so that the statement ends at the last row of the page.
 */
const THE_DEVICE = 'LATERAL (SELECT * FROM devices d WHERE d.council_id = current_council() AND d.id = next.id OFFSET 0) d';
const ITS_TEXT = 'LATERAL (SELECT search_text FROM device_texts t WHERE t.council_id = current_council() AND t.id = next.id OFFSET 0) t';

/** $4 are statuses, $5 categories, and $6 is a fund or null. */
const PASSES = 'd.status = ANY ($4::text[]) AND d.category = ANY ($5::text[]) AND ($6::uuid IS NULL OR d.fund_id = $6)';

const every = (statement: (path: AccessPath) => string) =>
  Object.fromEntries((Object.keys(IDS) as AccessPath[]).map((path) => [path, statement(path)])) as Readonly<Record<AccessPath, string>>;

const pageBy = (path: AccessPath) => `SELECT ${DEVICE_COLUMNS} FROM (${IDS[path]}) next CROSS JOIN ${THE_DEVICE} ORDER BY next.id`;
/** One page. With a path by fund or by sites, the other filters are checked row by row. */
export const PAGE = {
  everywhere: pageBy('everywhere'),
  status: pageBy('status'),
  category: pageBy('category'),
  both: pageBy('both'),
  fund: `
    SELECT ${DEVICE_COLUMNS} FROM devices d
    WHERE d.council_id = current_council() AND d.fund_id = ${WHAT}[1]::uuid AND d.id > $1 AND ${PASSES} ORDER BY d.id LIMIT $2`,
  sites: `
    SELECT ${DEVICE_COLUMNS} FROM unnest(${WHAT}::uuid[]) AS s (site_id) CROSS JOIN LATERAL (
      SELECT * FROM devices d WHERE d.council_id = current_council() AND d.site_id = s.site_id AND d.id > $1 AND ${PASSES} ORDER BY d.id LIMIT $2) d
    ORDER BY d.id LIMIT $2`,
} as const satisfies Record<AccessPath, string>;

const textsBy = (path: AccessPath) =>
  path === 'everywhere'
    ? `SELECT id, search_text FROM device_texts WHERE council_id = current_council() AND ${WHAT} IS NOT NULL AND id > $1 ORDER BY id LIMIT $2`
    : `SELECT next.id, t.search_text FROM (${IDS[path]}) next CROSS JOIN ${ITS_TEXT}`;
/** Of the next rows those that match the patterns $7, at most $8. */
export const WALK = every(
  (path) => `
    SELECT ${DEVICE_COLUMNS} FROM (${textsBy(path)}) next CROSS JOIN ${THE_DEVICE}
    WHERE next.search_text LIKE ALL ($7::text[]) AND ${PASSES}
    ORDER BY next.id LIMIT $8`,
);

/** How many of the next rows there are. */
export const COUNT = every((path) => `SELECT count(*) FROM (${IDS[path]}) next`);

/** Those of the devices $7 that are at one of the sites $3; null means any site. */
export const WITH_IDS = `
  SELECT ${DEVICE_COLUMNS} FROM devices d
  WHERE d.council_id = current_council() AND d.id = ANY ($7::uuid[]) AND d.id > $1 AND ${PASSES} AND (${WHAT} IS NULL OR d.site_id = ANY (${WHAT}::uuid[]))
  ORDER BY d.id LIMIT $2`;
