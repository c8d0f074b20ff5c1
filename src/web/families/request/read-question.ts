import { LEVELS } from '../../../modules/needs/index.js';
import type { AskedChild, AskingAnswers } from '../../../modules/requests/index.js';
import { looksLikeIne } from '../../../shared/ine.js';
import { cleanText, hasForbiddenCharacters } from '../../../shared/plain-text.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import type { DeviceCategory } from '../../../shared/vocabulary.js';
import { type Fields, textIn } from '../../parts/forms.js';
import { homeFieldsOf, readHomeQuestion, readName, type Wrong, YES } from '../questions/read-home-question.js';
import type { Question } from './questions.js';

/** What is wrong with a field of a question. */
export type AskedWrong = Wrong | 'GIVEN_EMPTY' | 'FAMILY_EMPTY' | 'TEXT_LONG' | 'TEXT_SIGNS' | 'WISH' | 'SCHOOL';
/** By the name of the field, in the order of the page. */
export type AskedWrongs = Readonly<Record<string, AskedWrong>>;

export const LONGEST_STATEMENT = 2000;
/** What a family may ask for, class by class, the commonest first. */
export const OFFERED = ['laptop', 'tablet', 'desktop', 'router', 'sim', 'headset', 'printer'] as const satisfies readonly DeviceCategory[];
export const wishField = (category: DeviceCategory): string => `wish-${category}`;

/** The choices that name neither a school nor a site. */
export const NONE = 'none';

/** A question that is read from its form alone; of a school and of a site it must be known whether they are there. */
type ReadQuestion = Exclude<Question, { readonly about: 'school' | 'pickup' }>;

/** The fields of a question as its answer fills them. */
export function fieldsOf(question: Question, answers: AskingAnswers): Fields {
  switch (question.about) {
    case 'child':
      return childFields(answers.children, question.number);
    case 'school': {
      const school = answers.children[question.number - 1]?.school;
      return { school: school ? (school.id ?? NONE) : '' };
    }
    case 'statement':
      return { statement: answers.statement ?? '' };
    case 'wishes':
      return Object.fromEntries((answers.wishes ?? []).map((category) => [wishField(category), YES]));
    case 'pickup':
      return { site: answers.pickup ? (answers.pickup.siteId ?? NONE) : '' };
    default:
      return homeFieldsOf(question, answers);
  }
}

/** A further child mostly has the family name of the first. */
function childFields(children: readonly AskedChild[], number: number): Fields {
  const child = children[number - 1];
  if (!child) return { familyName: children[0]?.familyName ?? '' };
  const { givenName, familyName, level, exam } = child;
  return { givenName, familyName, level, ...(exam && { exam: YES }) };
}

/**
 * Reads the answer to a question from its form, or says what is wrong with each field.
 *
 * @param id of a child who is added
 * @param recommended what is named first where it is wished for
 */
export function readQuestion(
  question: ReadQuestion,
  form: Fields,
  answers: AskingAnswers,
  { id, recommended }: { readonly id: string; readonly recommended: readonly DeviceCategory[] },
): Result<AskingAnswers, AskedWrongs> {
  switch (question.about) {
    case 'child':
      return readChild(question.number, form, answers, id);
    case 'statement':
      return readStatement(form, answers);
    case 'wishes': {
      const wishes = OFFERED.filter((category) => form[wishField(category)] === YES);
      if (wishes.length === 0) return refused({ [wishField(OFFERED[0])]: 'WISH' });
      const isFirst = (category: DeviceCategory) => recommended.includes(category);
      return ok({ ...answers, wishes: [...wishes.filter(isFirst), ...wishes.filter((category) => !isFirst(category))] });
    }
    default:
      return readHomeQuestion(question, form, answers);
  }
}

function readChild(number: number, form: Fields, answers: AskingAnswers, id: string): Result<AskingAnswers, AskedWrongs> {
  const [given, family] = [readWholeName(form, 'givenName', 'GIVEN_EMPTY'), readWholeName(form, 'familyName', 'FAMILY_EMPTY')];
  const level = LEVELS.find((each) => each === form.level);
  if (given.wrong || family.wrong || !level) {
    return refused({
      ...(given.wrong && { givenName: given.wrong }),
      ...(family.wrong && { familyName: family.wrong }),
      ...(!level && { level: 'CHOOSE' as const }),
    });
  }
  const before = answers.children[number - 1];
  // The school of another level is another school.
  const school = before?.level === level ? before.school : null;
  const child: AskedChild = {
    id: before?.id ?? id,
    givenName: given.name,
    familyName: family.name,
    level,
    exam: form.exam === YES,
    school,
  };
  return ok({ ...answers, children: [...answers.children.slice(0, number - 1), child, ...answers.children.slice(number)] });
}

function readWholeName(form: Fields, field: string, missing: AskedWrong): { readonly name: string; readonly wrong: AskedWrong | null } {
  const { name, wrong } = readName(form, field);
  if (wrong !== null) return { name, wrong };
  return { name, wrong: name === '' ? missing : looksLikeIne(name) ? 'NAME_SIGNS' : null };
}

function readStatement(form: Fields, answers: AskingAnswers): Result<AskingAnswers, AskedWrongs> {
  const statement = cleanText(textIn(form, 'statement').replaceAll('\r\n', '\n'));
  if (statement.length > LONGEST_STATEMENT) return refused({ statement: 'TEXT_LONG' });
  return hasForbiddenCharacters(statement) ? refused({ statement: 'TEXT_SIGNS' }) : ok({ ...answers, statement });
}
