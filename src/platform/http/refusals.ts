import { ApiExtension } from '@nestjs/swagger';
import type { RefusalTable } from '../../shared/refusal.js';
import type { ProblemCode } from './problem.js';

/** The operation may answer 409 with these reasons. The table that decides their order also documents them. */
export const Refuses = (...tables: RefusalTable[]): MethodDecorator =>
  ApiExtension('x-refusals', Object.assign({}, ...tables) as RefusalTable);

/** The operation may answer 409 with these general problems. */
export const Conflicts = (...codes: ('ALREADY_EXISTS' | 'INVALID_MOVE')[]): MethodDecorator => ApiExtension('x-conflicts', codes);

/** The operation may answer these problems, beyond those that every similar operation may. */
export const AlsoAnswers = (...codes: ProblemCode[]): MethodDecorator => ApiExtension('x-also-answers', codes);
