import { SHIPPED_SCALE } from '../domain/priority-policy.rules.js';
import { scoring } from './score.sql.js';

// Reads rankings and priority_policies, on which every score of a council depends.

/** The shipped scale as JSON: `$1` of every statement that reads the scale of a version. */
export const SHIPPED_SCALE_TEXT = JSON.stringify(SHIPPED_SCALE);

/** The scale of a version of the policy. The shipped one ($1) is version 1, and also stands for version 0, of lines that have no score yet. */
export const scaleOfVersion = (version: string) => `
  (CASE WHEN ${version} <= 1 THEN $1::jsonb
        ELSE (SELECT p.scale FROM priority_policies p WHERE p.council_id = current_council() AND p.version = ${version}) END)`;
export const PRESENT_VERSION = '(SELECT r.policy_version FROM rankings r WHERE r.council_id = current_council())';
/** The day up to which waiting days are counted, for every score of the council. */
export const PRESENT_DAY = '(SELECT r.counted_on FROM rankings r WHERE r.council_id = current_council())';

/** CTEs up to `scored (id, scorings, base, waiting, facts)` of some lines, under the policy that holds now. */
export const scoredNow = (lines: string) => scoring({ lines, scale: scaleOfVersion(PRESENT_VERSION), day: PRESENT_DAY });
