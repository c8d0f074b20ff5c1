import type { Problem } from '../../../platform/index.js';
import type { Denial } from '../../../shared/denial.js';
import type { TextLanguage } from '../../../shared/language.js';
import type { WordedCode } from './problem.texts.js';
import { PROBLEM_TEXTS } from './texts/index.js';

/**
 * What only a program that calls the API can get wrong, or somebody who writes addresses and forms by hand. A family that comes across one of
 * these can do no more than go back.
 */
export const OF_PROGRAMS: readonly string[] = [
  'MALFORMED_BODY',
  'MALFORMED_REQUEST',
  'UNKNOWN_FIELD',
  'UNKNOWN_PARAMETER',
  'UNKNOWN_REFERENCE',
  'INVALID_LIMIT',
  'INVALID_CURSOR',
  'INVALID_ID',
  'UNAUTHENTICATED',
  'CSRF_TOKEN_INVALID',
  'METHOD_NOT_ALLOWED',
  'UNSUPPORTED_MEDIA_TYPE',
  'ALREADY_EXISTS',
  'IDEMPOTENCY_KEY_REUSED',
  'IF_MATCH_REQUIRED',
];

/** Whether a code has words of its own. */
export const isWorded = (code: string): code is WordedCode => Object.hasOwn(PROBLEM_TEXTS.fr, code);

/** What a code means for a family, as a sentence in its language. */
function wordsOfCode(code: string, language: TextLanguage): string {
  return PROBLEM_TEXTS[language][isWorded(code) ? code : 'broken'];
}

/** Everything that stands against it, each a sentence in the language of the family: for the page on which the form stands. */
export function wordsOfDenial(denial: Denial, language: TextLanguage): readonly string[] {
  const codes = denial.kind === 'refused' ? denial.reasons.map(({ code }) => code) : [CODE_OF[denial.kind]];
  return [...new Set(codes.map((code) => wordsOfCode(code, language)))];
}

/** The same of a problem that was thrown. */
export function wordsOfProblem({ code, details: { reasons = [] } }: Problem, language: TextLanguage): readonly string[] {
  const codes = reasons.length > 0 ? reasons.map((reason) => reason.code) : [code];
  return [...new Set(codes.map((each) => wordsOfCode(each, language)))];
}

const CODE_OF: Readonly<Record<Exclude<Denial['kind'], 'refused'>, WordedCode>> = {
  not_found: 'NOT_FOUND',
  forbidden: 'FORBIDDEN',
  invalid: 'INVALID_INPUT',
  invalid_move: 'INVALID_MOVE',
  exists: 'INVALID_INPUT',
  stale: 'VERSION_MISMATCH',
};
