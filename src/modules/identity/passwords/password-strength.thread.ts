import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import * as french from '@zxcvbn-ts/language-fr';

// Runs in a worker thread: to read the dictionaries takes half a second, and to judge a long password takes as long.

export interface PasswordToJudge {
  readonly password: string;
  /** The words that an attacker would try first: the person's names, and those of the program. */
  readonly words: readonly string[];
}

/** The number of characters that are judged. Judging more takes long, and so many are enough anyway. */
const JUDGED_CHARACTERS = 32;

const meter = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary, ...french.dictionary },
  graphs: common.adjacencyGraphs,
  translations: english.translations,
});

/**
 * The score from 0, which is among the first guesses, to 4 (Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security
 * 2016).
 */
export default function strengthOf({ password, words }: PasswordToJudge): number {
  const beginning = Array.from(password).slice(0, JUDGED_CHARACTERS).join('');
  return meter.check(beginning, [...words]).score;
}
