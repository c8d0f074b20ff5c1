import { Injectable } from '@nestjs/common';
import { type AskingAnswers, AskingService } from '../../../modules/requests/index.js';
import { isUuid, newId } from '../../../shared/ids.js';
import { cleanText } from '../../../shared/plain-text.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import { type Fields, textIn } from '../../parts/forms.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';
import { nameOf } from '../questions/home-questions.js';
import type { QuestionFacts } from './question.page.js';
import { QuestionChoices } from './question-choices.js';
import { CHECK, furtherChild, pageAfter, type Question, questionAbout, questionNamed, subjectOf } from './questions.js';
import { type AskedWrongs, fieldsOf, NONE, readQuestion } from './read-question.js';

/** What becomes of a form: the next page, or the same again. */
type Answered = { readonly next: string } | { readonly status: number; readonly facts: QuestionFacts };

type Shown = Partial<Pick<QuestionFacts, 'fields' | 'wrong' | 'isElsewhere' | 'isFromCheck' | 'subject'>>;

/** Why an answer is not taken: a field is wrong, or what it is about is not there any more. */
type NotTaken = { readonly wrong: AskedWrongs } | { readonly gone: true };

const LONGEST_SEARCH = 100;

/** Takes the answer to one question. It is read against the answers as they stand when it is kept, whichever telephone gave them. */
@Injectable()
export class AnswerForm {
  constructor(
    private readonly asking: AskingService,
    private readonly choices: QuestionChoices,
  ) {}

  /** What the page of a question shows. */
  async facts(visit: FamilyVisit, question: Question, answers: AskingAnswers, shown: Shown = {}): Promise<QuestionFacts> {
    const { fields = fieldsOf(question, answers), isFromCheck = false } = shown;
    const text = cleanText(textIn(fields, 'find')).slice(0, LONGEST_SEARCH);
    // A child who is added has an id before it is there: the form that is sent twice adds one.
    const subject = shown.subject || subjectOf(question, answers) || (question.about === 'child' ? newId() : '');
    return {
      visit,
      question,
      answers,
      ...shown,
      subject,
      fields,
      isFromCheck,
      choices: await this.choices.of(visit, question, answers, text),
    };
  }

  async answer(visit: FamilyVisit, name: string, fields: Fields): Promise<Answered> {
    const [subject, go, isFromCheck] = [textIn(fields, 'subject'), textIn(fields, 'go'), textIn(fields, 'from') === CHECK];
    const { answers } = await this.asking.find(visit.actor);
    const named = questionNamed(name, answers) ?? questionOfPath(name);
    if (!named) return { next: '' };
    const question = this.now(named, subject, answers);
    if (question?.about === 'school' && isSearch(fields)) {
      return { status: 200, facts: await this.facts(visit, question, answers, { fields, subject, isFromCheck }) };
    }
    const change = question && (await this.changeOf(visit, question, fields, answers));
    const kept = await this.asking.answer<NotTaken>(visit.actor, (present) => {
      const asked = this.now(named, subject, present);
      return asked && change ? change(asked, present) : refused({ gone: true });
    });
    if (kept.ok) {
      const asked = this.now(named, subject, kept.value) ?? named;
      const further = go === 'more' && asked.about === 'child' ? furtherChild(kept.value) : null;
      return { next: further ? nameOf(further) : pageAfter(asked, kept.value, isFromCheck || go === 'remove') };
    }
    if ('gone' in kept.reason || !question) return this.gone(visit, named, isFromCheck);
    return { status: 422, facts: await this.facts(visit, question, answers, { fields, subject, isFromCheck, wrong: kept.reason.wrong }) };
  }

  /** The question as it is numbered now. A child whose id nobody has is one that is added. */
  private now(question: Question, subject: string, answers: AskingAnswers): Question | null {
    const present = questionAbout(question, subject, answers);
    if (present || question.about !== 'child') return present && questionNamed(nameOf(present), answers) ? present : null;
    return question.number > answers.children.length || isUuid(subject) ? furtherChild(answers) : null;
  }

  /** What the form changes; schools and sites are looked up before anything is locked. */
  private async changeOf(visit: FamilyVisit, question: Question, fields: Fields, answers: AskingAnswers) {
    const { councilId } = visit.actor;
    const subject = textIn(fields, 'subject');
    if (question.about === 'child' && textIn(fields, 'go') === 'remove') return withoutChild;
    if (question.about === 'school') {
      const chosen = textIn(fields, 'school');
      const id = await this.choices.school(councilId, chosen);
      return (asked: Question, present: AskingAnswers): Result<AskingAnswers, NotTaken> =>
        id === null && chosen !== NONE ? refused({ wrong: { school: 'SCHOOL' } }) : ok(withSchool(asked, present, id));
    }
    if (question.about === 'pickup') {
      const chosen = textIn(fields, 'site');
      const siteId = await this.choices.site(councilId, chosen, answers);
      return (_: Question, present: AskingAnswers): Result<AskingAnswers, NotTaken> =>
        siteId === null && chosen !== NONE ? refused({ wrong: { site: 'CHOOSE' } }) : ok({ ...present, pickup: { siteId } });
    }
    const help = question.about === 'wishes' ? await this.asking.help(visit.actor, answers, visit.language) : null;
    const given = { id: isUuid(subject) ? subject.toLowerCase() : newId(), recommended: help?.recommended ?? [] };
    return (asked: Question, present: AskingAnswers): Result<AskingAnswers, NotTaken> => {
      if (asked.about === 'school' || asked.about === 'pickup') throw new Error('a question became another one');
      const read = readQuestion(asked, fields, present, given);
      return read.ok ? read : refused({ wrong: read.reason });
    };
  }

  /** What it was about was taken out elsewhere: the family sees how it stands now. */
  private async gone(visit: FamilyVisit, named: Question, isFromCheck: boolean): Promise<Answered> {
    const { answers } = await this.asking.find(visit.actor);
    const isChild = named.about === 'child' || named.about === 'school';
    const question: Question = isChild ? { about: 'child', number: 1 } : { about: 'devices' };
    return { status: 409, facts: await this.facts(visit, question, answers, { isElsewhere: true, isFromCheck }) };
  }
}

/** A numbered question that stood on another telephone, or in another tab, and does not stand any more. */
function questionOfPath(name: string): Question | null {
  const [, about, number] = /^(child|school|device|hours)-(\d{1,2})$/.exec(name) ?? [];
  return about ? { about: about as 'child' | 'school' | 'device' | 'hours', number: Number(number) } : null;
}

/** A search was asked for, or nothing is chosen of what was found. */
const isSearch = (fields: Fields): boolean =>
  textIn(fields, 'go') === 'find' || (textIn(fields, 'school') === '' && cleanText(textIn(fields, 'find')) !== '');

function withSchool(question: Question, answers: AskingAnswers, id: string | null): AskingAnswers {
  if (question.about !== 'school') return answers;
  const children = answers.children.map((child, place) => (place === question.number - 1 ? { ...child, school: { id } } : child));
  return { ...answers, children };
}

/** The learner stays in the file: nothing is asked for it. */
function withoutChild(question: Question, answers: AskingAnswers): Result<AskingAnswers, NotTaken> {
  if (question.about !== 'child' || answers.children.length < 2) return refused({ gone: true });
  return ok({ ...answers, children: answers.children.filter((_, place) => place !== question.number - 1) });
}
