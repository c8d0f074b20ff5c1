import { SHIPPED_SCALE } from '../domain/priority-policy.rules.js';
import { scoring } from './score.sql.js';

// Reads rankings and priority_policies: on what every score of a council stands.

/** The shipped scale, `$1` of every statement that asks for the scale of a version. */
export const SHIPPED = JSON.stringify(SHIPPED_SCALE);

/** The scale of a version of the policy; the shipped one ($1) is version 1, and stands in until old lines are scored (0). */
export const scaleOfVersion = (version: string) => `
  (CASE WHEN ${version} <= 1 THEN $1::jsonb
        ELSE (SELECT p.scale FROM priority_policies p WHERE p.council_id = current_council() AND p.version = ${version}) END)`;
export const PRESENT_VERSION = '(SELECT r.policy_version FROM rankings r WHERE r.council_id = current_council())';
/** The day up to which waiting is counted, for every score of the council. */
export const PRESENT_DAY = '(SELECT r.counted_on FROM rankings r WHERE r.council_id = current_council())';

/** CTEs up to `scored (id, scorings, base, waiting, facts)` of some lines, under the policy that holds. */
export const scoredNow = (lines: string) => scoring({ lines, scale: scaleOfVersion(PRESENT_VERSION), day: PRESENT_DAY });
