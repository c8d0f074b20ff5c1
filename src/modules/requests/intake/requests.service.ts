import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import { type Fault, invalid, invalidMove, notFound, type Outcome, refusedFor, stale, unknownReference } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { withoutUndefined } from '../../../shared/without-undefined.js';
import { refusalsHolding } from '../../../shared/refusal.js';
import { ok } from '../../../shared/result.js';
import { isExpected, type ExpectedVersion } from '../../../shared/version.js';
import type { DeviceClass } from '../../../shared/vocabulary.js';
import { type Actor, reachInto, reachOver } from '../../councils/index.js';
import { SharedFilesService } from '../../households/index.js';
import { possibleLineMoves } from '../domain/line-move.rules.js';
import { CHANGE_REFUSALS, type LineWish, SUBMISSION_REFUSALS, wishFaults } from '../domain/request.rules.js';
import { LineMover } from '../lines/line-mover.js';
import { type PlacedLine, QueueRepository } from '../queue/queue.repository.js';
import { withoutChoices, withoutPlace } from '../domain/hidden-of-shared-files.js';
import { type DraftLine, type Request, type RequestFacts, RequestsRepository, type RequestValues } from './requests.repository.js';

export type RequestWithLines = Request & { readonly lines: readonly PlacedLine[] };

interface NewRequest extends RequestValues {
  readonly householdId: string;
  readonly lines: readonly LineWish[];
  readonly submit: boolean;
}

type RequestChange = Partial<RequestValues> & { readonly lines?: readonly LineWish[] };

/** Makes requests, changes them while they are drafts, and submits them. */
@Injectable()
export class RequestsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly requests: RequestsRepository,
    private readonly queue: QueueRepository,
    private readonly mover: LineMover,
    private readonly shared: SharedFilesService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  get(actor: Actor, id: string): Promise<Outcome<RequestWithLines>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const { schoolId } = await reachOver(actor, () => this.requests.householdOfRequest(tx, id));
      const request = await this.requests.find(tx, schoolId, id);
      if (!request) return notFound();
      const whole = await this.withLines(tx, await this.shared.one(tx, actor, request, withoutChoices));
      return ok({ ...whole, lines: await this.shared.shown(tx, actor, whole.lines, withoutPlace) });
    });
  }

  create(actor: Actor, asked: NewRequest): Promise<Outcome<RequestWithLines>> {
    return this.transactions.write(actor, (tx) => this.createIn(tx, actor, asked));
  }

  /** The same in a transaction that does more, with the id that the request is to have. When it refuses, it has written nothing. */
  async createIn(
    tx: Tx,
    actor: Actor,
    { householdId, lines, submit, ...values }: NewRequest,
    id: string = newId(),
  ): Promise<Outcome<RequestWithLines>> {
    const household = await this.requests.lockHousehold(tx, reachInto(actor, householdId).schoolId, householdId);
    if (!household) return invalid(unknownReference('/householdId'), ...wishFaults(lines));
    const facts = await this.requests.facts(tx, householdId, values.pickupSiteId);
    const faults = requestFaults(lines, facts);
    if (faults.length > 0) return invalid(...faults);
    const reasons = submit ? submissionRefusals(lines, facts) : [];
    if (reasons.length > 0) return refusedFor(reasons);

    await this.requests.insert(tx, { id, householdId }, values, lines, this.clock.now());
    tx.made('request', id);
    await this.audit.record(tx, { actor: actor.id, action: 'request.created', subject: id });
    if (submit) await this.mover.submit(tx, actor.id, id);
    return ok(await this.reread(tx, id));
  }

  /** Changes a draft; `lines` replaces its lines. */
  update(actor: Actor, id: string, expected: ExpectedVersion, { lines, ...changes }: RequestChange): Promise<Outcome<RequestWithLines>> {
    return this.transactions.write(actor, async (tx) => {
      const household = await this.requests.lockHouseholdOfRequest(tx, actor.reach.schoolId, id);
      if (!household) return notFound();
      const request = await this.requests.find(tx, null, id);
      if (!request) return notFound();
      if (!isExpected(expected, request.version)) return stale();
      const reasons = refusalsHolding(CHANGE_REFUSALS, { REQUEST_SUBMITTED: request.submittedAt !== null });
      if (reasons.length > 0) return refusedFor(reasons);
      const values = {
        channel: request.channel,
        statement: request.statement,
        pickupSiteId: request.pickupSiteId,
        ...withoutUndefined(changes),
      };
      const faults = requestFaults(lines ?? [], await this.requests.facts(tx, household.id, values.pickupSiteId));
      if (faults.length > 0) return invalid(...faults);

      await this.requests.update(tx, request, values, lines, this.clock.now());
      const fields = Object.keys(withoutUndefined({ ...changes, lines }));
      await this.audit.record(tx, { actor: actor.id, action: 'request.changed', subject: id, fields });
      return ok(await this.reread(tx, id));
    });
  }

  /** Submits the drafts of a request, which wait from then on. */
  submit(actor: Actor, id: string): Promise<Outcome<RequestWithLines>> {
    return this.transactions.write(actor, async (tx) => {
      const household = await this.requests.lockHouseholdOfRequest(tx, actor.reach.schoolId, id);
      if (!household) return notFound();
      const lines = await this.requests.lockLines(tx, id);
      const drafts = lines.filter(({ state }) => state === 'draft');
      const [first] = lines;
      if (first && drafts.length === 0) return invalidMove({ from: first.state, move: 'submit', possible: possibleLineMoves(first) });
      const facts = await this.requests.facts(tx, household.id, null);
      const faults = learnersGone(lines, facts);
      if (faults.length > 0) return invalid(...faults);
      const reasons = submissionRefusals(drafts, facts);
      if (reasons.length > 0) return refusedFor(reasons);

      await this.mover.submit(tx, actor.id, id);
      return ok(await this.reread(tx, id));
    });
  }

  private async reread(tx: Tx, id: string): Promise<RequestWithLines> {
    return this.withLines(tx, (await this.requests.find(tx, null, id)) as Request);
  }

  private async withLines(tx: Tx, request: Request): Promise<RequestWithLines> {
    return { ...request, lines: await this.queue.linesOf(tx, [request.id]) };
  }
}

/** Returns faults for learners who have left the household since a draft named them. */
function learnersGone(lines: readonly DraftLine[], { learnerIds }: RequestFacts): Fault[] {
  return lines.flatMap((line, index) =>
    line.learnerIds.flatMap((id, place) =>
      line.state !== 'draft' || learnerIds.includes(id)
        ? []
        : [
            {
              pointer: `/lines/${index}/learnerIds/${place}`,
              code: 'LEARNER_LEFT',
              message: 'has left the household; change the line first',
            },
          ],
    ),
  );
}

/** Returns what is wrong with the lines of a household's request. */
function requestFaults(lines: readonly LineWish[], { learnerIds, siteKnown }: RequestFacts): Fault[] {
  const strangers = lines.flatMap((line, index) =>
    line.learnerIds.flatMap((id, place) =>
      learnerIds.includes(id.toLowerCase()) ? [] : [unknownReference(`/lines/${index}/learnerIds/${place}`)],
    ),
  );
  return [...(siteKnown ? [] : [unknownReference('/pickupSiteId')]), ...wishFaults(lines), ...strangers];
}

function submissionRefusals(lines: readonly { readonly class: DeviceClass }[], { openClasses }: RequestFacts) {
  return refusalsHolding(SUBMISSION_REFUSALS, { OPEN_LINE_EXISTS: lines.some((line) => openClasses.includes(line.class)) });
}
