import { type Day, addDays } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';

/** For how long a contact may let somebody help. */
export const LONGEST_HELP_DAYS = 366;

const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
/** What a helper does beside reading: it ends its own session. */
const OWN_SIGN_OUT: readonly string[] = ['DELETE /api/v1/session', 'POST /f/sign-out'];

/** Whether a helper may call this route: it sees what the contact sees, and changes nothing. */
export function mayHelperCall(method: string, route: string): boolean {
  return READS.includes(method) || OWN_SIGN_OUT.includes(`${method} ${route}`);
}

/** What is wrong with the last day of a help. */
export function helpFaults(until: Day, today: Day): Fault[] {
  if (until < today) return [{ pointer: '/until', code: 'DAY_PASSED', message: 'must be today or later' }];
  if (until > addDays(today, LONGEST_HELP_DAYS))
    return [{ pointer: '/until', code: 'DAY_TOO_LATE', message: `must be within ${LONGEST_HELP_DAYS} days` }];
  return [];
}
