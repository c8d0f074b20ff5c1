import { LEVELS } from '../../../modules/needs/index.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import { type Fields } from '../../parts/forms.js';
import { homeFieldsOf, readHomeQuestion, readName, type WrongFields, YES } from '../questions/read-home-question.js';
import type { PlanAnswers } from './answers.js';
import type { Question } from './questions.js';

/** The fields of a question as its answer fills them. */
export function fieldsOf(question: Question, answers: PlanAnswers): Fields {
  if (question.about !== 'child') return homeFieldsOf(question, answers);
  const child = answers.children[question.number - 1];
  return child ? { name: child.name, level: child.level, ...(child.exam && { exam: YES }) } : {};
}

/** Reads the answer to a question from its form, or says what is wrong with each field. */
export function readQuestion(question: Question, form: Fields, answers: PlanAnswers): Result<PlanAnswers, WrongFields> {
  return question.about === 'child' ? readChild(question.number, form, answers) : readHomeQuestion(question, form, answers);
}

function readChild(number: number, form: Fields, answers: PlanAnswers): Result<PlanAnswers, WrongFields> {
  const { name, wrong } = readName(form, 'name');
  const level = LEVELS.find((each) => each === form.level);
  if (wrong || !level) return refused({ ...(wrong && { name: wrong }), ...(!level && { level: 'CHOOSE' as const }) });
  const child = { name, level, exam: form.exam === YES };
  return ok({ ...answers, children: [...answers.children.slice(0, number - 1), child, ...answers.children.slice(number)] });
}
