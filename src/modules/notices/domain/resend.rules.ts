import { refusalsHolding, type Refusal, type RefusalTable } from '../../../shared/refusal.js';
import type { NoticeState } from './notice.machine.js';

/** Reasons against sending a notice again, in the order in which the API lists them. */
export const RESEND_REFUSALS = {
  NOTICE_STILL_UNDER_WAY: { overridable: false, message: 'It has not been sent yet, or waits to be printed; wait for its end.' },
  NOTICE_OUTDATED: { overridable: false, message: 'What it says is no longer true, or the person is no longer to be told.' },
} as const satisfies RefusalTable;

const UNDER_WAY: readonly NoticeState[] = ['scheduled', 'sending', 'to_print'];

export function resendRefusals({ state, outdated }: { readonly state: NoticeState; readonly outdated: boolean }): Refusal[] {
  return refusalsHolding(RESEND_REFUSALS, { NOTICE_STILL_UNDER_WAY: UNDER_WAY.includes(state), NOTICE_OUTDATED: outdated });
}
