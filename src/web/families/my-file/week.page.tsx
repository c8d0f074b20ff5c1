import type { JSX } from 'preact';
import { PlanView } from '../../../modules/needs/http.js';
import type { PlanWeek } from '../../../modules/needs/index.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';
import { SignedInPage } from '../../parts/signed-in/signed-in-page.js';
import { Back, sayOfFile } from './parts.js';

/** The family's own week, to look at and to print. */
export function weekPage(visit: FamilyVisit, week: PlanWeek): JSX.Element {
  const say = sayOfFile(visit.language);
  return (
    <SignedInPage visit={visit} title={say('week')} sheet="plan" isWide>
      <div class="plan card">
        <PlanView week={week} />
      </div>
      <div class="screen">
        <Back say={say} />
      </div>
    </SignedInPage>
  );
}
