import { refusalsHolding, type Refusal, type RefusalTable } from '../../../shared/refusal.js';
import type { NoticeState } from './notice.machine.js';

/** Reasons against sending a notice again, in the order in which the API lists them. */
export const RESEND_REFUSALS = {
  NOTICE_STILL_UNDER_WAY: {
    overridable: false,
    message: 'It has not been sent yet, waits to be printed, or is being sent again already; wait for the end of that.',
  },
  NOTICE_OUTDATED: { overridable: false, message: 'What it says is no longer true, or the person is no longer to be told.' },
} as const satisfies RefusalTable;

const UNDER_WAY: readonly NoticeState[] = ['scheduled', 'sending', 'to_print'];

/** `states`: the state of the notice, and those of all notices that were made to send it again. */
export function resendRefusals({ states, outdated }: { readonly states: readonly NoticeState[]; readonly outdated: boolean }): Refusal[] {
  const isUnderWay = states.some((state) => UNDER_WAY.includes(state));
  return refusalsHolding(RESEND_REFUSALS, { NOTICE_STILL_UNDER_WAY: isUnderWay, NOTICE_OUTDATED: outdated });
}
