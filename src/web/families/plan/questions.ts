import { MOST_CHILDREN } from '../../../modules/needs/index.js';
import { type HomeQuestion, homeQuestionsOf, isHomeAnswered, nameOf } from '../questions/home-questions.js';
import type { PlanAnswers } from './answers.js';

/** One question, one page. Children and devices are numbered from 1. */
export type Question = { readonly about: 'child'; readonly number: number } | HomeQuestion;

/** The steps that are counted to whoever answers: the children are one, and so is when they may have the things. */
export const STEPS: readonly (readonly Question['about'][])[] = [['child'], ['devices'], ['device', 'hours'], ['connection'], ['alone']];

/** The first question, and the only one that is asked without answers. */
export const FIRST: Question = { about: 'child', number: 1 };

/** All questions that these answers lead to, in order; one of a child even where none is named yet. */
export function questionsOf(answers: PlanAnswers): Question[] {
  const children = Array.from({ length: Math.max(1, answers.children.length) }, (_, place): Question => ({
    about: 'child',
    number: place + 1,
  }));
  return [...children, ...homeQuestionsOf(answers)];
}

/** The question of that name among those; a further child is one too. */
export function questionNamed(name: string, answers: PlanAnswers): Question | undefined {
  const further: Question = { about: 'child', number: answers.children.length + 1 };
  const all = [...questionsOf(answers), ...(answers.children.length < MOST_CHILDREN ? [further] : [])];
  return all.find((question) => nameOf(question) === name);
}

/** The question after this one; null where all are answered. What was passed over comes last. */
export function questionAfter(question: Question, answers: PlanAnswers): Question | null {
  const all = questionsOf(answers);
  const place = all.findIndex((each) => nameOf(each) === nameOf(question));
  return all[place + 1] ?? openQuestion(answers);
}

/** The question before this one; the first one has none before it. */
export function questionBefore(question: Question, answers: PlanAnswers): Question {
  const all = questionsOf(answers);
  const place = all.findIndex((each) => nameOf(each) === nameOf(question));
  // A child that is just being added stands behind those that there are.
  return all[place < 0 ? answers.children.length - 1 : place - 1] ?? FIRST;
}

/** The first question without an answer; null where there is none. */
export function openQuestion(answers: PlanAnswers): Question | null {
  return questionsOf(answers).find((question) => !isAnswered(question, answers)) ?? null;
}

const isAnswered = (question: Question, answers: PlanAnswers): boolean =>
  question.about === 'child' ? question.number <= answers.children.length : isHomeAnswered(question, answers);
