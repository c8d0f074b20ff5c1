import type { RefusalTable } from '../../../shared/refusal.js';

export const PRINT_REFUSALS = {
  NOTHING_TO_PRINT: { overridable: false, message: 'No letter waits to be printed.' },
} as const satisfies RefusalTable;
