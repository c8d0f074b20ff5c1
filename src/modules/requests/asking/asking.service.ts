import { Injectable } from '@nestjs/common';
import { Clock, Every, orProblem, Transactions, type Tx } from '../../../platform/index.js';
import { notFound } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import type { TextLanguage } from '../../../shared/language.js';
import { type Result } from '../../../shared/result.js';
import type { DeviceClass } from '../../../shared/vocabulary.js';
import { type Actor, type Family, reachInto } from '../../councils/index.js';
import { type Household, HouseholdsRepository } from '../../households/index.js';
import { type NeedOfAnswers, NeedOfAnswersService } from '../../needs/index.js';
import { answeredParts, answersOfFile } from './asking.rules.js';
import type { AskingAnswers } from './asking.js';
import { RequestsRepository } from '../intake/requests.repository.js';
import { UnsentRequestsRepository } from './unsent-requests.repository.js';

/** A contact of a household who asks. */
export type AskingActor = Actor & { readonly family: Family };

/** Where a family stands on the way to its request. */
export interface Asking {
  /** The id of the request that is being made; null while nothing was answered. */
  readonly requestId: string | null;
  readonly answers: AskingAnswers;
  /** The classes of which the family has asked for something already. */
  readonly openClasses: readonly DeviceClass[];
}

/** Keeps what a family answers on the way to a request, each answer as it is given. Nothing of it is in the file before it is sent. */
@Injectable()
export class AskingService {
  constructor(
    private readonly transactions: Transactions,
    private readonly households: HouseholdsRepository,
    private readonly requests: RequestsRepository,
    private readonly unsent: UnsentRequestsRepository,
    private readonly needs: NeedOfAnswersService,
    private readonly clock: Clock,
  ) {}

  find(actor: AskingActor): Promise<Asking> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const file = await this.file(tx, actor);
      const unsent = await this.unsent.find(tx, actor.family);
      const { openClasses } = await this.requests.facts(tx, file.id, null);
      return { requestId: unsent?.requestId ?? null, answers: unsent?.answers ?? answersOfFile(file), openClasses };
    });
  }

  /**
   * Changes the answers as they stand now, whichever telephone gave the others. What `change` refuses changes nothing. The first answer begins
   * with what the file says.
   */
  answer<Reason>(
    actor: AskingActor,
    change: (answers: AskingAnswers) => Result<AskingAnswers, Reason>,
  ): Promise<Result<AskingAnswers, Reason>> {
    return this.transactions.write(actor, async (tx) => {
      let unsent = await this.unsent.lock(tx, actor.family);
      if (!unsent) {
        const begun = { requestId: newId(), answers: answersOfFile(await this.file(tx, actor)) };
        const tried = change(begun.answers);
        if (!tried.ok) return tried;
        await this.unsent.begin(tx, actor.family, begun, this.clock.now());
        // Another telephone may have begun at the same moment.
        unsent = (await this.unsent.lock(tx, actor.family)) ?? begun;
      }
      const changed = change(unsent.answers);
      if (changed.ok) await this.unsent.save(tx, actor.family, changed.value, this.clock.now());
      return changed;
    });
  }

  /** Forgets what was answered and not sent. */
  forget(actor: AskingActor): Promise<void> {
    return this.transactions.write(actor, (tx) => this.unsent.remove(tx, actor.family));
  }

  /** What would help, if everything is as it was answered. @throws Problem UNAVAILABLE when too much is computed already */
  async help(actor: AskingActor, answers: AskingAnswers, language: TextLanguage): Promise<NeedOfAnswers> {
    const file = await this.transactions.read(actor.councilId, (tx) => this.file(tx, actor));
    const { learners, equipment, connectivity } = answeredParts(file, answers);
    return this.needs.find(
      actor,
      {
        id: file.id,
        schoolId: file.schoolId,
        learners: learners.map((learner, place) => ({ ...learner, id: learner.id ?? `learner-${place}` })),
        equipment: equipment.map((item, place) => ({ ...item, id: item.id ?? `device-${place}` })),
        connectivity,
      },
      language,
    );
  }

  @Every(600)
  forgetOld(): Promise<void> {
    return this.transactions.system((tx) => this.unsent.forgetOld(tx, this.clock.now()));
  }

  private async file(tx: Tx, actor: AskingActor): Promise<Household> {
    const { householdId } = actor.family;
    return (await this.households.read(tx, reachInto(actor, householdId), householdId)) ?? orProblem(notFound());
  }
}
