import type { Fault } from '../../shared/denial.js';
import type { Refusal } from '../../shared/refusal.js';
import { cutText, listedFaults, LONGEST_DETAIL, MOST_FAULTS } from './faults.js';

/** Every general problem with its HTTP status and its title. This is the only map from code to status; refusals by a policy are all 409. */
export const PROBLEMS = {
  MALFORMED_BODY: { status: 400, title: 'The body cannot be read' },
  MALFORMED_REQUEST: { status: 400, title: 'The request cannot be read' },
  UNKNOWN_FIELD: { status: 400, title: 'The body has a field that this operation does not know' },
  UNKNOWN_PARAMETER: { status: 400, title: 'The query has a parameter that this operation does not know' },
  INVALID_LIMIT: { status: 400, title: 'limit must be a whole number from 1 to 200' },
  INVALID_CURSOR: { status: 400, title: 'The cursor is not one that this list gave out' },
  INVALID_ID: { status: 400, title: 'An id must be a UUID' },
  UNAUTHENTICATED: { status: 401, title: 'Sign in, or send a valid access token' },
  FORBIDDEN: { status: 403, title: 'You may not do this' },
  HELPER_READS_ONLY: { status: 403, title: 'A helper reads, and changes nothing' },
  CSRF_TOKEN_INVALID: { status: 403, title: 'The X-CSRF-Token header is missing or wrong; GET /session gives it' },
  NOT_FOUND: { status: 404, title: 'There is no such thing' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This path does not take this method' },
  ALREADY_EXISTS: { status: 409, title: 'Something with this key exists already' },
  INVALID_MOVE: { status: 409, title: 'This move is not possible from the present state' },
  IDEMPOTENCY_IN_FLIGHT: { status: 409, title: 'A request with this Idempotency-Key is still being answered' },
  VERSION_MISMATCH: { status: 412, title: 'It was changed since you read it; read it again' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'This operation does not take that content type' },
  INVALID_INPUT: { status: 422, title: 'Something that you sent is missing or against a rule' },
  UNKNOWN_REFERENCE: { status: 422, title: 'An id in the body names nothing that you can use' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'This Idempotency-Key was used with another body' },
  IF_MATCH_REQUIRED: { status: 428, title: 'Send If-Match with the ETag that you read' },
  RATE_LIMITED: { status: 429, title: 'Too many requests; wait as long as Retry-After says' },
  INTERNAL_ERROR: { status: 500, title: 'Something went wrong on our side' },
  UNAVAILABLE: { status: 503, title: 'Not possible for the moment; try again after Retry-After' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

interface ProblemDetails {
  readonly detail?: string;
  readonly errors?: readonly Fault[];
  readonly reasons?: readonly Refusal[];
  /** Further members of the problem document. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error that is answered as a problem document (RFC 9457). */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;

  readonly details: ProblemDetails;

  private constructor(
    readonly code: string,
    { status, title }: { status: number; title: string },
    details: ProblemDetails,
  ) {
    super(code);
    this.name = 'Problem';
    this.details = bounded(details);
    this.status = status;
    this.title = title;
  }

  static of(code: ProblemCode, details: ProblemDetails = {}): Problem {
    return new Problem(code, PROBLEMS[code], details);
  }

  /** A policy refuses the operation. The first reason gives the code of the problem. */
  static refusal(reasons: readonly Refusal[], more?: string): Problem {
    const [first] = reasons;
    if (!first) throw new Error('a refusal needs a reason');
    return new Problem(
      first.code,
      { status: 409, title: 'The rules do not allow it' },
      { detail: [first.message, more].filter(Boolean).join(' '), reasons },
    );
  }

  /** The faults of a body. If there are unknown fields, only those are reported. */
  static ofBody(faults: readonly Fault[]): Problem {
    const unknown = faults.filter(({ code }) => code === 'UNKNOWN_FIELD');
    if (unknown.length === 0) return Problem.invalid(faults);
    return Problem.of('UNKNOWN_FIELD', { detail: `not known here: ${namesOf(unknown)}`, errors: unknown });
  }

  /** What was read breaks a rule. If all faults are unknown references, the code of the problem says so. */
  static invalid(errors: readonly Fault[], members: Readonly<Record<string, unknown>> = {}): Problem {
    const unknown = errors.length > 0 && errors.every(({ code }) => code === 'UNKNOWN_REFERENCE');
    const shown = errors.slice(0, MOST_FAULTS);
    const detail = shown.map(({ pointer, message }) => `${pointer || 'the body'}: ${message}`).join('; ');
    return Problem.of(unknown ? 'UNKNOWN_REFERENCE' : 'INVALID_INPUT', { detail, errors, members });
  }
}

export const namesOf = (faults: readonly Fault[]): string =>
  faults
    .slice(0, MOST_FAULTS)
    .map(({ pointer }) => pointer.slice(1))
    .join(', ');

/**
 * Cuts the details to the size that an answer may have, since they can contain words of the caller; the detail says so when something was
 * left out.
 */
function bounded({ detail, errors, members, ...others }: ProblemDetails): ProblemDetails {
  const { errors: shown, isAll } = listedFaults(errors ?? []);
  const more = isAll ? '' : `; there are more faults than the ${shown.length} that are listed`;
  return {
    ...others,
    ...(detail !== undefined && { detail: cutText(detail, LONGEST_DETAIL) + more }),
    ...(errors && { errors: shown }),
    ...((members || !isAll) && { members: { ...members, ...(!isAll && { moreErrors: true }) } }),
  };
}

/** The body of a problem document. */
export function problemDocument(problem: Problem, instance: string, traceId: string): Record<string, unknown> {
  const { detail, errors, reasons, members } = problem.details;
  return {
    type: `urn:passerelle:problem:${problem.code.toLowerCase().replaceAll('_', '-')}`,
    title: problem.title,
    status: problem.status,
    detail: detail ?? problem.title,
    instance: cutText(instance, LONGEST_DETAIL),
    code: problem.code,
    traceId,
    ...(errors && { errors }),
    ...(reasons && { reasons }),
    ...members,
  };
}
