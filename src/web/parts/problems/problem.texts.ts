/** What went wrong, in one language. */
export type ProblemTexts = Readonly<Record<ProblemKey, string>>;

/** The refusals and problems that have words of their own; each key is the problem's code. */
export type WordedCode =
  | 'INVALID_INPUT'
  | 'INVALID_MOVE'
  | 'VERSION_MISMATCH'
  | 'IDEMPOTENCY_IN_FLIGHT'
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'BODY_TOO_LARGE'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'INTERNAL_ERROR'
  | 'OPEN_LINE_EXISTS'
  | 'OFFER_EXPIRED'
  | 'SLOT_PASSED'
  | 'SLOT_ON_CLOSED_DAY'
  | 'SLOT_AT_ANOTHER_SITE'
  | 'SLOT_FULL'
  | 'CATEGORY_NOT_ACCEPTABLE'
  | 'FUND_NOT_ELIGIBLE'
  | 'LINE_HAS_NO_LEARNER'
  | 'HOUSEHOLD_LIMIT_REACHED'
  | 'HOUSEHOLD_HAS_OVERDUE_LOAN'
  | 'LOAN_CLOSED'
  | 'LOAN_RECALLED'
  | 'LOAN_OVERDUE'
  | 'RENEWAL_LIMIT_REACHED'
  | 'WAITED_FOR_BY_OTHERS'
  | 'ITEM_NOT_ON_LOAN'
  | 'INCIDENT_ALREADY_OPEN'
  | 'AGREEMENT_SIGNED'
  | 'AGREEMENT_TEXT_MISSING'
  | 'AGREEMENT_NOT_IN_FORCE'
  | 'HELPER_READS_ONLY'
  | 'SESSION_CANCELLED'
  | 'SESSION_STARTED'
  | 'ALREADY_BOOKED'
  | 'SESSION_FULL';

export type ProblemKey = WordedCode | 'title' | 'broken' | 'inSeconds' | 'inMinutes' | 'kept' | 'again' | 'myFile';
