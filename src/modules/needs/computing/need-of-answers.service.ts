import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/index.js';
import type { TextLanguage } from '../../../shared/language.js';
import type { DeviceCategory } from '../../../shared/vocabulary.js';
import { type Actor } from '../../councils/index.js';
import type { Connectivity, Equipment, Learner } from '../../households/index.js';
import { needInputs, schoolsOf } from './compute-need.js';
import { needSentence } from './need-sentence.js';
import { NeedsEngine } from './needs-engine.js';
import { type HouseholdAtHome, NeedsRepository } from './needs.repository.js';

/** A household as it would stand in its file, if what the family has answered were in it already. */
export interface AnsweredHousehold {
  readonly id: string;
  readonly schoolId: string | null;
  readonly learners: readonly Pick<Learner, 'id' | 'givenName' | 'level' | 'schoolId' | 'className' | 'timetable'>[];
  readonly equipment: readonly Equipment[];
  readonly connectivity: Connectivity | null;
}

/** What would help, as a sentence. */
export interface NeedOfAnswers {
  readonly sentence: string;
  /** What the recommended kit has in it; empty when nothing is recommended. */
  readonly recommended: readonly DeviceCategory[];
}

/** Says what would help a family that is about to ask. It stores nothing. */
@Injectable()
export class NeedOfAnswersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly needs: NeedsRepository,
    private readonly engine: NeedsEngine,
  ) {}

  /**
   * @param household within the actor's reach
   * @throws Problem UNAVAILABLE when too much is computed already
   */
  async find(actor: Actor, household: AnsweredHousehold, language: TextLanguage): Promise<NeedOfAnswers> {
    const { atHome, catalogue } = await this.read(actor, household);
    const inputs = needInputs(atHome, catalogue);
    const need = await this.engine.need(inputs, catalogue, actor);
    // A name in another script takes the number behind it along: it is kept to itself (Unicode UAX 9, isolates).
    const names = new Map(household.learners.map(({ id, givenName }) => [id, `\u2068${givenName}\u2069`]));
    const kit = catalogue.kits.find(({ id }) => id === need.recommendation?.kitId);
    return {
      sentence: needSentence(need, catalogue.kits, names, language),
      recommended: kit?.components.map(({ category }) => category) ?? [],
    };
  }

  private read(actor: Actor, { id, schoolId, learners, equipment, connectivity }: AnsweredHousehold) {
    return this.transactions.read(actor.councilId, async (tx) => {
      const [filed] = await this.needs.atHome(tx, [id]);
      const atHome: HouseholdAtHome = {
        id,
        version: 0,
        learners: learners.map((learner) => ({ ...learner, schoolId: learner.schoolId ?? schoolId })),
        equipment,
        lent: filed?.lent ?? [],
        connectivity,
        storedInputsVersion: null,
      };
      return { atHome, catalogue: await this.needs.catalogue(tx, schoolsOf([atHome])) };
    });
  }
}
