import type { JSX } from 'preact';
import { PlanView } from '../../../modules/needs/http.js';
import type { VisitorPlan } from '../../../modules/needs/index.js';
import type { TextLanguage } from '../../../shared/language.js';
import { FamilyPage } from '../../parts/layout.js';
import { sayIn } from '../../parts/messages.js';
import { keptText, type PlanAnswers } from './answers.js';
import { QUESTION_TEXTS } from '../questions/texts/index.js';

/** The address to which the page of the week sends its form. */
export const WEEK = 'week';

interface WeekPageFacts {
  readonly language: TextLanguage;
  readonly councilName: string | null;
  readonly answers: PlanAnswers;
  readonly plan: VisitorPlan;
}

/** The week, with what a loan would change, and how one asks for it. */
export function weekPage({ language, councilName, answers, plan: { week, sentence } }: WeekPageFacts): JSX.Element {
  const say = sayIn(QUESTION_TEXTS, language);
  const action = `/plan/${WEEK}`;
  const fields = { answers: keptText(answers) };
  return (
    <FamilyPage language={language} title={say('title')} councilName={councilName} choice={{ action, fields }} sheet="plan" isWide>
      <div class="plan card">
        <PlanView week={week}>
          <p>{sentence}</p>
        </PlanView>
      </div>
      <p class="soft screen">{say('keep')}</p>
      <section class="card screen">
        <h2>{say('askTitle')}</h2>
        <p>{say('ask')}</p>
        {answers.children.some(({ exam }) => exam) && <p>{say('askExam')}</p>}
        {answers.alone === true && <p>{say('askAlone')}</p>}
        <a class="button" href="/">
          {say('askGo')}
        </a>
      </section>
      <form class="screen" method="post" action={action}>
        <input type="hidden" name="answers" value={fields.answers} />
        <button class="button quiet" name="go" value="change">
          {say('change')}
        </button>
      </form>
    </FamilyPage>
  );
}
