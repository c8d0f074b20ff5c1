import { Injectable } from '@nestjs/common';
import { Clock, Transactions } from '../../../platform/index.js';
import { addDays, day, type Day, daysBetween } from '../../../shared/day.js';
import { invalid, notFound, type Outcome } from '../../../shared/denial.js';
import { hasText, offeredLanguage } from '../../../shared/language.js';
import { ok } from '../../../shared/result.js';
import { type Actor, CouncilsRepository, reachInto } from '../../councils/index.js';
import { HouseholdsRepository } from '../../households/index.js';
import { needInputs, schoolsOf } from '../computing/compute-need.js';
import { needInput } from '../domain/need-input.js';
import type { PlanInput } from '../domain/plan-input.js';
import type { PlanWeek } from '../domain/plan-week.js';
import { NeedsEngine } from '../computing/needs-engine.js';
import { NeedsRepository } from '../computing/needs.repository.js';

/** Which weeks are asked for, and in which language. The defaults are today, four weeks, and the family's language, else the council's. */
export interface PlanOptions {
  readonly from: Day | null;
  /** The last day, included. */
  readonly until: Day | null;
  readonly language: string | null;
}

const ORDINARY_DAYS = 28;
const MOST_DAYS = 366;
/** The rules of clocks are known for these days only. */
const [FIRST_DAY, LAST_DAY] = [day('2000-01-01'), day('2099-12-31')];

/** Makes a household's sharing plan from what is at home now. */
@Injectable()
export class HouseholdPlanService {
  constructor(
    private readonly transactions: Transactions,
    private readonly households: HouseholdsRepository,
    private readonly councils: CouncilsRepository,
    private readonly needs: NeedsRepository,
    private readonly engine: NeedsEngine,
    private readonly clock: Clock,
  ) {}

  async find(actor: Actor, householdId: string, options: PlanOptions): Promise<Outcome<PlanWeek>> {
    const read = await this.read(actor, householdId);
    if (!read) return notFound();
    const { file, atHome, input, council, ownLanguage } = read;
    const from = options.from ?? this.clock.today(council.timeZone);
    if (from < FIRST_DAY || from > LAST_DAY) {
      return invalid({ pointer: '/from', code: 'OUT_OF_RANGE', message: `must lie from ${FIRST_DAY} to ${LAST_DAY}` });
    }
    const until = options.until ?? addDays(from, ORDINARY_DAYS - 1);
    const days = daysBetween(from, until) + 1;
    if (days < 1 || days > MOST_DAYS) {
      return invalid({ pointer: '/until', code: 'OUT_OF_RANGE', message: `must lie from 0 to ${MOST_DAYS - 1} days after ${from}` });
    }
    return ok({
      householdId,
      councilName: council.name,
      timeZone: council.timeZone,
      language: options.language ?? offeredLanguage(ownLanguage, hasText) ?? council.locale,
      from,
      until,
      learners: file.learners.map(({ id, givenName }) => ({ id, name: givenName })),
      devices: [
        ...file.equipment.map(({ id, label, category }) => ({ id, name: label, category })),
        ...atHome.lent.map(({ id, category }) => ({ id, name: null, category })),
      ],
      plan: await this.engine.sharingPlan(input, actor.id),
    });
  }

  /** Finds the input that the plan is made from; it contains no names. */
  async input(actor: Actor, householdId: string): Promise<Outcome<PlanInput>> {
    const read = await this.read(actor, householdId);
    return read ? ok(read.input) : notFound();
  }

  private read(actor: Actor, householdId: string) {
    return this.transactions.read(actor.councilId, async (tx) => {
      const file = await this.households.read(tx, reachInto(actor, householdId), householdId);
      const [atHome] = file ? await this.needs.atHome(tx, [householdId]) : [];
      const council = await this.councils.find(tx);
      if (!file || !atHome || !council) return null;
      const ownLanguage = await this.households.languageOf(tx, householdId);
      const catalogue = await this.needs.catalogue(tx, schoolsOf([atHome]));
      const input = needInput(needInputs(atHome, catalogue).household, catalogue.lentStreams);
      return { file, atHome, council, ownLanguage, input };
    });
  }
}
