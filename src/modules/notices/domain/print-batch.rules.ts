import type { RefusalTable } from '../../../shared/refusal.js';

/** Reasons against taking letters into a batch. */
export const NEW_BATCH_REFUSALS = {
  NO_LETTERS_WAIT: { overridable: false, message: 'No letter waits to be printed there that is not in a batch already.' },
} as const satisfies RefusalTable;

/** Reasons against making the file of a batch, in the order in which the API lists them. */
export const BATCH_FILE_REFUSALS = {
  PRINT_BATCH_PRINTED: { overridable: false, message: 'The batch was printed and posted; what its letters said is not kept.' },
  PRINT_BATCH_EMPTY: { overridable: false, message: 'No letter of the batch is to be posted any more; `leftOut` says why.' },
} as const satisfies RefusalTable;

/** Reasons against saying that a batch was printed, in the order in which the API lists them. */
export const PRINTING_REFUSALS = {
  PRINT_BATCH_ALREADY_PRINTED: { overridable: false, message: 'The batch was said to be printed and posted before.' },
  PRINT_FILE_NOT_MADE: { overridable: false, message: 'Nobody has had the whole file of the batch yet; fetch and print it first.' },
} as const satisfies RefusalTable;
