import { pageText } from '../../../shared/page-frame.js';
import { planLanguage } from '../domain/plan-language.js';
import type { PlanWeek } from '../domain/plan-week.js';
import { PLAN_PAGE_POLICY, PLAN_PAGE_STYLE } from './plan-page.style.js';
import { PlanView } from './plan-view.js';

/** Returns the plan as one HTML document, without scripts or other files, which prints on one A4 page in black and white. */
export function planPage(week: PlanWeek): string {
  const { texts, tag, days } = planLanguage(week.language);
  const when = days(week.from, week.until);
  return pageText(
    <html lang={tag} dir={texts.direction}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={PLAN_PAGE_POLICY} />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>{texts.title}</title>
        <style>{PLAN_PAGE_STYLE}</style>
      </head>
      <body>
        <main class="plan">
          <PlanView week={week} days={when}>
            <p>
              {when} · <bdi>{week.councilName}</bdi>
            </p>
          </PlanView>
        </main>
      </body>
    </html>,
  );
}
