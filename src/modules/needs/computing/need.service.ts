import { Injectable } from '@nestjs/common';
import { Clock, Transactions } from '../../../platform/index.js';
import { notFound, type Outcome } from '../../../shared/denial.js';
import { hasText, offeredLanguage } from '../../../shared/language.js';
import { ok } from '../../../shared/result.js';
import { type Actor, CouncilsRepository, reachInto } from '../../councils/index.js';
import { HouseholdsRepository } from '../../households/index.js';
import { datedNeed, needInputs, schoolsOf } from './compute-need.js';
import { needSentence } from './need-sentence.js';
import { NeedsEngine } from './needs-engine.js';
import { type DatedNeed, type NeedCatalogue, NeedsRepository } from './needs.repository.js';

/** A need with the names of the kits, and as a sentence. */
export interface ReadableNeed extends DatedNeed {
  readonly householdId: string;
  readonly kits: NeedCatalogue['kits'];
  readonly sentence: string;
}

/** Reads what a household needs. */
@Injectable()
export class NeedService {
  constructor(
    private readonly transactions: Transactions,
    private readonly households: HouseholdsRepository,
    private readonly councils: CouncilsRepository,
    private readonly needs: NeedsRepository,
    private readonly engine: NeedsEngine,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the stored need when it was computed from the present inputs, else a new one: nobody reads a need that is out of date. When
   * `language` is null it is the family's, else the council's.
   */
  async find(actor: Actor, householdId: string, language: string | null): Promise<Outcome<ReadableNeed>> {
    const read = await this.read(actor, householdId);
    if (!read) return notFound();
    const { file, atHome, catalogue, inputs, stored, locale } = read;
    const dated = stored ?? datedNeed(atHome, inputs, await this.engine.need(inputs, catalogue, actor), this.clock.now());
    const names = new Map(file.learners.map(({ id, givenName }) => [id, givenName]));
    const sentence = needSentence(dated.need, catalogue.kits, names, language ?? locale);
    return ok({ ...dated, householdVersion: atHome.version, householdId, kits: catalogue.kits, sentence });
  }

  private read(actor: Actor, householdId: string) {
    return this.transactions.read(actor.councilId, async (tx) => {
      const file = await this.households.read(tx, reachInto(actor, householdId), householdId);
      const [atHome] = file ? await this.needs.atHome(tx, [householdId]) : [];
      if (!file || !atHome) return null;
      const catalogue = await this.needs.catalogue(tx, schoolsOf([atHome]));
      const inputs = needInputs(atHome, catalogue);
      const stored = inputs.version === atHome.storedInputsVersion ? await this.needs.stored(tx, householdId) : null;
      const own = offeredLanguage(await this.households.languageOf(tx, householdId), hasText);
      const locale = own ?? (await this.councils.facts(tx)).locale;
      return { file, atHome, catalogue, inputs, stored, locale };
    });
  }
}
