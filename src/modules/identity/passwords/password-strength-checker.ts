import { Injectable } from '@nestjs/common';
import { ThreadDispatcher, threadTask } from '../../../platform/index.js';
import type { Fault } from '../../../shared/denial.js';
import { guessableWords, passwordFaults, TOO_WEAK, WEAKEST_SCORE } from '../domain/password.rules.js';
import type strengthOf from './password-strength.thread.js';

const STRENGTH = threadTask<typeof strengthOf>(import.meta.url, './password-strength.thread');

/** Checks the passwords that people choose. */
@Injectable()
export class PasswordStrengthChecker {
  constructor(private readonly threads: ThreadDispatcher) {}

  /**
   * What is wrong with the password: first its length and form, then how soon it would be guessed. @throws Problem UNAVAILABLE when too
   * much is being computed
   */
  async faults(password: string, person: { readonly email: string; readonly name: string }): Promise<Fault[]> {
    const faults = passwordFaults(password, person.email);
    if (faults.length > 0) return faults;
    const score = await this.threads.answerBriefly(STRENGTH, { password, words: guessableWords(person) });
    return score < WEAKEST_SCORE ? [TOO_WEAK] : [];
  }
}
