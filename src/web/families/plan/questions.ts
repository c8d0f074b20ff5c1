import { availabilityOf, MOST_CHILDREN, needsHours, type PlanAnswers } from './answers.js';

/** One question, one page. Children and devices are numbered from 1. */
export type Question =
  { readonly about: 'child' | 'device' | 'hours'; readonly number: number } | { readonly about: 'devices' | 'connection' | 'alone' };

/** The steps that are counted to whoever answers: the children are one, and so is when they may have the things. */
export const STEPS: readonly (readonly Question['about'][])[] = [['child'], ['devices'], ['device', 'hours'], ['connection'], ['alone']];

/** The first question, and the only one that is asked without answers. */
export const FIRST: Question = { about: 'child', number: 1 };

/** The name of a question in addresses, such as `child-2`. */
export const nameOf = (question: Question): string => ('number' in question ? `${question.about}-${question.number}` : question.about);

/** All questions that these answers lead to, in order; one of a child even where none is named yet. */
export function questionsOf({ children, devices }: PlanAnswers): Question[] {
  return [
    ...Array.from({ length: Math.max(1, children.length) }, (_, place): Question => ({ about: 'child', number: place + 1 })),
    { about: 'devices' },
    ...(devices ?? []).flatMap(({ time }, place): Question[] => {
      const number = place + 1;
      return [{ about: 'device', number }, ...(needsHours(time) ? [{ about: 'hours' as const, number }] : [])];
    }),
    { about: 'connection' },
    { about: 'alone' },
  ];
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

function isAnswered(question: Question, { children, devices, connection, alone }: PlanAnswers): boolean {
  switch (question.about) {
    case 'child':
      return question.number <= children.length;
    case 'devices':
      return devices !== null;
    case 'device':
      return devices?.[question.number - 1]?.time != null;
    case 'hours': {
      const device = devices?.[question.number - 1];
      return device !== undefined && availabilityOf(device) !== null;
    }
    case 'connection':
      return connection !== null;
    case 'alone':
      return alone !== null;
  }
}
