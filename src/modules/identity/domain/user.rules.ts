import type { Fault } from '../../../shared/denial.js';
import type { StaffRole } from '../../councils/index.js';

/** Reasons against a change of an account. */
export const USER_REFUSALS = {
  LAST_MANAGER: {
    overridable: false,
    message: 'this is the last active council manager; make somebody else a council manager first',
  },
} as const;

/** Reasons against an invitation. */
export const INVITATION_REFUSALS = {
  USER_INACTIVE: { overridable: false, message: 'the account is not active; activate it first' },
} as const;

/** Where somebody works. A school administrator has a school, a desk agent a site; other roles have neither. */
export interface Workplace {
  readonly role: StaffRole;
  readonly schoolId: string | null;
  readonly siteId: string | null;
}

export function workplaceFaults({ role, schoolId, siteId }: Workplace): Fault[] {
  return [...faultOf('/schoolId', schoolId, role, 'school_administrator'), ...faultOf('/siteId', siteId, role, 'desk_agent')];
}

function faultOf(pointer: string, id: string | null, role: StaffRole, needing: StaffRole): Fault[] {
  if (role === needing && id === null) return [{ pointer, code: 'REQUIRED', message: `must be given for a ${needing}` }];
  if (role !== needing && id !== null) return [{ pointer, code: 'INVALID', message: `must be null but for a ${needing}` }];
  return [];
}

interface AccountState {
  readonly id: string;
  readonly role: StaffRole;
  readonly active: boolean;
}

/** Whether the change would leave the council without an active manager. */
export function leavesNoManager(present: AccountState, next: AccountState, activeManagers: readonly string[]): boolean {
  const manages = (account: AccountState) => account.active && account.role === 'council_manager';
  return manages(present) && !manages(next) && activeManagers.every((id) => id === present.id);
}
