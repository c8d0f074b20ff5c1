import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/index.js';
import type { TextLanguage } from '../../../shared/language.js';
import { needInputs } from '../computing/compute-need.js';
import { needSentence } from '../computing/need-sentence.js';
import { NeedsEngine } from '../computing/needs-engine.js';
import { type NeedCatalogue, NeedsRepository } from '../computing/needs.repository.js';
import { needInput } from '../domain/need-input.js';
import type { ShownWeek } from '../plans/plan-view.js';
import { atHomeOf, type VisitorHousehold } from './visitor-household.js';

/** A week that nobody keeps, with the sentence that says what a loan would change. */
export interface VisitorPlan {
  readonly week: ShownWeek;
  readonly sentence: string;
}

/** What is usually lent, where no council says what it has. */
const USUAL: NeedCatalogue = {
  kits: [
    { id: '1', name: 'laptop', components: [{ category: 'laptop', count: 1 }], costCents: 2 },
    { id: '2', name: 'router', components: [{ category: 'router', count: 1 }], costCents: 1 },
    {
      id: '3',
      name: 'laptop and router',
      components: [
        { category: 'laptop', count: 1 },
        { category: 'router', count: 1 },
      ],
      costCents: 3,
    },
  ],
  profiles: [],
  lentStreams: 2,
};

/** Plans for somebody who has no file, and stores nothing. */
@Injectable()
export class VisitorPlanService {
  constructor(
    private readonly transactions: Transactions,
    private readonly needs: NeedsRepository,
    private readonly engine: NeedsEngine,
  ) {}

  /**
   * @param councilId whose timetables and kits count; null where no council is chosen
   * @param caller whoever asks is counted under this name, as anybody may ask
   * @throws Problem UNAVAILABLE when too much is computed already
   */
  async make(household: VisitorHousehold, councilId: string | null, language: TextLanguage, caller: string): Promise<VisitorPlan> {
    const catalogue = councilId === null ? USUAL : await this.catalogueOf(councilId);
    const inputs = needInputs(atHomeOf(household), catalogue);
    const plan = await this.engine.sharingPlan(needInput(inputs.household, catalogue.lentStreams), caller);
    const need = await this.engine.need(inputs, catalogue, { id: caller });
    // A name in another script takes the number behind it along: it is kept to itself (Unicode UAX 9, isolates).
    const names = new Map(household.learners.map(({ id, name }) => [id, `\u2068${name}\u2069`]));
    return {
      week: {
        language,
        learners: household.learners.map(({ id, name }) => ({ id, name })),
        devices: household.devices.map(({ id, category }) => ({ id, name: null, category })),
        plan,
      },
      sentence: needSentence(need, catalogue.kits, names, language),
    };
  }

  private async catalogueOf(councilId: string): Promise<NeedCatalogue> {
    const own = await this.transactions.read(councilId, (tx) => this.needs.catalogue(tx, []));
    return own.kits.length > 0 ? own : { ...own, kits: USUAL.kits };
  }
}
