import type { Denial, Outcome } from '../../shared/denial.js';
import { Problem } from './problem.js';

/** The value, or the problem of the reason why there is none. @throws Problem */
export function orProblem<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw problemOf(outcome.reason);
}

function problemOf(denial: Denial): Problem {
  switch (denial.kind) {
    case 'not_found':
      return Problem.of('NOT_FOUND');
    case 'forbidden':
      return Problem.of('FORBIDDEN', { detail: denial.detail });
    case 'refused':
      return Problem.refusal(denial.reasons, denial.detail);
    case 'invalid':
      return Problem.invalid(denial.faults);
    case 'invalid_move': {
      const { from, move, possible } = denial.move;
      const detail = `"${move}" is not possible from "${from}"; possible: ${possible.join(', ') || 'nothing'}`;
      return Problem.of('INVALID_MOVE', { detail, members: { from, possible } });
    }
    case 'exists':
      return Problem.of('ALREADY_EXISTS', { detail: denial.fault.message, errors: [denial.fault] });
    case 'stale':
      return Problem.of('VERSION_MISMATCH');
  }
}
