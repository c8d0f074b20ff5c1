import { Injectable } from '@nestjs/common';
import { PickupSitesService, SchoolFinderService } from '../../../modules/councils/index.js';
import { type AskingAnswers, AskingService } from '../../../modules/requests/index.js';
import { isUuid } from '../../../shared/ids.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';
import { type Choices, placeWords } from './question.page.js';
import type { Question } from './questions.js';

/** Gathers what a question lets choose from. */
@Injectable()
export class QuestionChoices {
  constructor(
    private readonly asking: AskingService,
    private readonly schools: SchoolFinderService,
    private readonly sites: PickupSitesService,
  ) {}

  /** @param text what a school is looked for by */
  async of({ actor, language }: FamilyVisit, question: Question, answers: AskingAnswers, text: string): Promise<Choices> {
    switch (question.about) {
      case 'school':
        return { schools: await this.schoolsFor(actor.councilId, answers, question.number, text) };
      case 'pickup':
        return { sites: await this.sites.list(actor.councilId, schoolIds(answers)) };
      case 'wishes': {
        const { openClasses } = await this.asking.find(actor);
        return { help: await this.asking.help(actor, answers, language), openClasses };
      }
      default:
        return {};
    }
  }

  /** Whether a family can choose this school; its id in the spelling that is stored, else null. */
  async school(councilId: string, id: string): Promise<string | null> {
    return isUuid(id) ? ((await this.schools.byId(councilId, id))?.id ?? null) : null;
  }

  async site(councilId: string, id: string, answers: AskingAnswers): Promise<string | null> {
    const sites = await this.sites.list(councilId, schoolIds(answers));
    return sites.find((site) => site.id === id)?.id ?? null;
  }

  /** The schools of the children and the site, by name. */
  async names(councilId: string, { children, pickup }: AskingAnswers) {
    const ids = children.map(({ school }) => school?.id ?? null);
    const found = await Promise.all([...new Set(ids)].flatMap((id) => (id === null ? [] : this.schools.byId(councilId, id))));
    const nameOf = (id: string | null) => {
      const school = found.find((each) => each?.id === id);
      return school ? placeWords(school.name, school.town) : null;
    };
    const sites = pickup?.siteId
      ? await this.sites.list(
          councilId,
          ids.flatMap((id) => id ?? []),
        )
      : [];
    const site = sites.find(({ id }) => id === pickup?.siteId);
    return { schools: ids.map(nameOf), site: site ? placeWords(site.name, site.town) : null };
  }

  /** The school that is chosen already stands first, unless another is looked for. Where there are few, all stand there at once. */
  private async schoolsFor(councilId: string, { children }: AskingAnswers, number: number, text: string) {
    const child = children[number - 1];
    const found = await this.schools.find(councilId, child?.level ?? 'other', text);
    const chosen = child?.school?.id ? await this.schools.byId(councilId, child.school.id) : null;
    const isShort = text !== '' || !found.isMore;
    const others = isShort ? found.schools.filter(({ id }) => id !== chosen?.id) : [];
    return {
      text,
      isMore: text !== '' && found.isMore,
      schools: chosen && text === '' ? [chosen, ...others] : isShort ? found.schools : [],
    };
  }
}

const schoolIds = ({ children }: AskingAnswers): string[] => children.flatMap(({ school }) => school?.id ?? []);
