import { MOST_CHILDREN } from '../../../modules/needs/index.js';
import type { AskingAnswers } from '../../../modules/requests/index.js';
import { type HomeQuestion, homeQuestionsOf, isHomeAnswered, nameOf } from '../questions/home-questions.js';

/** One question, one page. Children and devices are numbered from 1. */
export type Question =
  | { readonly about: 'child'; readonly number: number }
  | { readonly about: 'school'; readonly number: number }
  | HomeQuestion
  | { readonly about: 'statement' | 'wishes' }
  | { readonly about: 'pickup' };

/** The steps that are counted to whoever answers. */
export const STEPS: readonly (readonly Question['about'][])[] = [
  ['child'],
  ['school'],
  ['devices'],
  ['device', 'hours'],
  ['connection'],
  ['alone'],
  ['statement'],
  ['wishes'],
  ['pickup'],
];

export const FIRST: Question = { about: 'child', number: 1 };

/** The page on which everything stands before it is sent. */
export const CHECK = 'check';

/** All questions to which these answers lead, in order; one of a child even where none is named yet. */
function questionsOf(answers: AskingAnswers): Question[] {
  const children = answers.children.map((_, place) => place + 1);
  return [
    FIRST,
    ...children.slice(1).map((number): Question => ({ about: 'child', number })),
    ...children.map((number): Question => ({ about: 'school', number })),
    ...homeQuestionsOf(answers),
    { about: 'statement' },
    { about: 'wishes' },
    { about: 'pickup' },
  ];
}

/** The question of that name among those; a further child is one too. */
export function questionNamed(name: string, answers: AskingAnswers): Question | undefined {
  const further = furtherChild(answers);
  return [...questionsOf(answers), ...(further ? [further] : [])].find((question) => nameOf(question) === name);
}

/** The question of a child who is added; null where there are as many as there may be. */
export function furtherChild({ children }: AskingAnswers): { readonly about: 'child'; readonly number: number } | null {
  return children.length < MOST_CHILDREN ? { about: 'child', number: children.length + 1 } : null;
}

/** The name of the page after this question. What was passed over comes before the page that shows everything. */
export function pageAfter(question: Question, answers: AskingAnswers, isFromCheck: boolean): string {
  const all = questionsOf(answers);
  const place = all.findIndex((each) => nameOf(each) === nameOf(question));
  const next = isFromCheck ? undefined : all[place + 1];
  return next ? nameOf(next) : openPage(answers);
}

/** The name of the page before this question; null before the first. */
export function pageBefore(question: Question, answers: AskingAnswers): string | null {
  const all = questionsOf(answers);
  const place = all.findIndex((each) => nameOf(each) === nameOf(question));
  // A child that is just being added stands behind those that there are.
  const before = all[place < 0 ? answers.children.length - 1 : place - 1];
  return before ? nameOf(before) : null;
}

/** The name of the page of the first question without an answer, or of the page that shows everything. */
export function openPage(answers: AskingAnswers): string {
  const open = questionsOf(answers).find((question) => !isAnswered(question, answers));
  return open ? nameOf(open) : CHECK;
}

function isAnswered(question: Question, answers: AskingAnswers): boolean {
  switch (question.about) {
    case 'child':
      return question.number <= answers.children.length;
    case 'school':
      return answers.children[question.number - 1]?.school != null;
    case 'statement':
      return answers.statement !== null;
    case 'wishes':
      return (answers.wishes ?? []).length > 0;
    case 'pickup':
      return answers.pickup !== null;
    default:
      return isHomeAnswered(question, answers);
  }
}

/** What a question is about, whatever its number is by then: another telephone may add and take out in the meantime. */
export function subjectOf(question: Question, { children, devices }: AskingAnswers): string {
  if (question.about === 'child' || question.about === 'school') return children[question.number - 1]?.id ?? '';
  if (question.about !== 'device' && question.about !== 'hours') return '';
  const category = devices?.[question.number - 1]?.category;
  const place = (devices ?? []).slice(0, question.number).filter((device) => device.category === category).length;
  return category ? `${category}-${place}` : '';
}

/** The question as it is numbered now; null where what it is about is not there any more. */
export function questionAbout<Asked extends Question>(question: Asked, subject: string, answers: AskingAnswers): Asked | null {
  if (!('number' in question) || subject === '' || subjectOf(question, answers) === subject) return question;
  const numbers = [...answers.children.keys(), ...(answers.devices ?? []).keys()].map((place) => place + 1);
  return numbers.map((number) => ({ ...question, number })).find((each) => subjectOf(each, answers) === subject) ?? null;
}
