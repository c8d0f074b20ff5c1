import { Injectable } from '@nestjs/common';
import { Transactions, type Tx } from '../../../platform/index.js';
import { invalid, notFound, type Outcome, refusedFor, unknownReference } from '../../../shared/denial.js';
import { refusalsHolding } from '../../../shared/refusal.js';
import { ok } from '../../../shared/result.js';
import { reachInto } from '../../councils/index.js';
import {
  changeFaults,
  EditHouseholdService,
  type Household,
  HouseholdsRepository,
  MOST_LEARNERS,
  schoolReferences,
} from '../../households/index.js';
import { answeredParts, askedLearners, changesFile, classesOf, isWhole, wishedLines } from './asking.rules.js';
import type { AskingAnswers } from './asking.js';
import { SUBMISSION_REFUSALS } from '../domain/request.rules.js';
import { RequestsRepository } from '../intake/requests.repository.js';
import { RequestsService } from '../intake/requests.service.js';
import type { AskingActor } from './asking.service.js';
import { UnsentRequestsRepository } from './unsent-requests.repository.js';

/** Makes a request of what a family has answered: the file, the request and its lines in one transaction. */
@Injectable()
export class SendRequestService {
  constructor(
    private readonly transactions: Transactions,
    private readonly households: HouseholdsRepository,
    private readonly editor: EditHouseholdService,
    private readonly requests: RequestsRepository,
    private readonly intake: RequestsService,
    private readonly unsent: UnsentRequestsRepository,
  ) {}

  /** Sends the request that has this id. It is sent once: later, and from another telephone, the same one is answered. */
  send(actor: AskingActor, requestId: string): Promise<Outcome<string>> {
    return this.transactions.write(actor, async (tx) => {
      const { family } = actor;
      // As everybody does who decides about a household: its lock comes first.
      const file = await this.households.readLocked(tx, reachInto(actor, family.householdId), family.householdId);
      if (!file) return notFound();
      if ((await this.requests.find(tx, null, requestId))?.householdId === file.id) return ok(requestId);
      const unsent = await this.unsent.lock(tx, family);
      if (unsent?.requestId !== requestId) return notFound();
      if (!isWhole(unsent.answers)) return invalid({ pointer: '', code: 'UNANSWERED', message: 'some questions are not answered yet' });
      return this.make(tx, actor, file, requestId, unsent.answers);
    });
  }

  /** Refuses before it writes anything. */
  private async make(tx: Tx, actor: AskingActor, file: Household, requestId: string, answers: AskingAnswers): Promise<Outcome<string>> {
    const { children, statement, wishes, pickup } = answers;
    const pickupSiteId = pickup?.siteId ?? null;
    const { siteKnown, openClasses } = await this.requests.facts(tx, file.id, pickupSiteId);
    if (!siteKnown) return invalid(unknownReference('/pickupSiteId'));
    const wished = classesOf(wishes ?? []);
    const reasons = refusalsHolding(SUBMISSION_REFUSALS, { OPEN_LINE_EXISTS: wished.some((each) => openClasses.includes(each)) });
    if (reasons.length > 0) return refusedFor(reasons);
    const edited = await this.edit(tx, actor, file, answers);
    if (!edited.ok) return edited;

    const lines = wishedLines(wishes ?? [], askedLearners(children, file.learners, edited.value.learners));
    const values = { channel: 'web', statement: statement === '' ? null : statement, pickupSiteId } as const;
    const made = await this.intake.createIn(tx, actor, { householdId: file.id, ...values, lines, submit: true }, requestId);
    // A refusal here would leave half of the work done. It cannot happen, since all of its reasons were asked for above, under the same lock.
    if (!made.ok) throw new Error('a request that was checked could not be made');
    await this.unsent.remove(tx, actor.family);
    return ok(requestId);
  }

  /** What is declared here is declared by the family; what it only confirmed stays as it is, with its proofs. */
  private async edit(tx: Tx, actor: AskingActor, file: Household, answers: AskingAnswers): Promise<Outcome<Household>> {
    const parts = answeredParts(file, answers);
    if (!changesFile(file, parts)) return ok(file);
    const audited = { action: 'household.changed', fields: ['learners', 'equipment', 'connectivity', 'homeAlone'] };
    const edited = await this.editor.editIn(tx, actor, file.id, 'any', audited, () => ({
      changes: parts,
      faults: [...changeFaults(parts, file), ...(parts.learners.length > MOST_LEARNERS ? [TOO_MANY] : [])],
      schools: schoolReferences(parts),
    }));
    return edited.ok ? ok(edited.value.household) : edited;
  }
}

const TOO_MANY = { pointer: '/learners', code: 'TOO_MANY', message: `a household has at most ${MOST_LEARNERS} learners` };
