import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import * as french from '@zxcvbn-ts/language-fr';

// Runs in a thread: the dictionaries take half a second to read, and a long password takes as long to judge.

export interface PasswordToJudge {
  readonly password: string;
  /** What an attacker would try first: the person's own names, and ours. */
  readonly words: readonly string[];
}

/** Guesses of a long password take long to count, and are enough by then. */
const JUDGED_CHARACTERS = 32;

const meter = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary, ...french.dictionary },
  graphs: common.adjacencyGraphs,
  translations: english.translations,
});

/** From 0, among the first that anybody guesses, to 4 (Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016). */
export default function strengthOf({ password, words }: PasswordToJudge): number {
  const beginning = Array.from(password).slice(0, JUDGED_CHARACTERS).join('');
  return meter.check(beginning, [...words]).score;
}
