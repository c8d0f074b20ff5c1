import { Injectable } from '@nestjs/common';
import type { JobOf } from '../../../platform/index.js';
import type { LINE_MOVED } from '../../requests/index.js';
import { NO_EVENT_TIMES } from '../domain/triggers/trigger.js';
import type { AppealDecision } from '../domain/triggers/appeal-decided.js';
import { NoticePlanner, type NotifiableEvent } from './notice-planner.js';
import { PlanOffersService } from './plan-offers.service.js';
import { type LineHistoryEvent, PlanningRepository } from './planning.repository.js';

const APPEAL_DECISIONS: ReadonlyMap<string, AppealDecision> = new Map([
  ['uphold_appeal', 'upheld'],
  ['dismiss_appeal', 'dismissed'],
]);

/** Plans the notices about lines of requests. */
@Injectable()
export class PlanRequestsService {
  constructor(
    private readonly planning: PlanningRepository,
    private readonly planner: NoticePlanner,
    private readonly offers: PlanOffersService,
  ) {}

  lineMoved(job: JobOf<typeof LINE_MOVED>): Promise<void> {
    const { lineId, eventId } = job.ids;
    return job.complete(async (tx) => {
      if (!(await this.planning.lockHouseholdOf(tx, 'request_lines', lineId))) return;
      const event = await this.planning.lineEvent(tx, lineId, eventId);
      if (!event) return;
      const events = this.eventsOf(event, lineId, eventId);
      if (events.length > 0) await this.planner.plan(tx, events, await this.planner.settings(tx));
      if (event.move === 'accept' || event.move === 'rebook') await this.offers.planBooking(tx, lineId);
    });
  }

  /** Returns the events of a move. The notice of an appeal is about the decision, so that each decision is told. */
  private eventsOf({ householdId, move, toState }: LineHistoryEvent, lineId: string, eventId: string): NotifiableEvent[] {
    const told = { householdId, lineId, about: null, id: eventId, times: NO_EVENT_TIMES };
    const events: NotifiableEvent[] = [];
    if (move === 'submit') events.push({ ...this.planner.happeningNow('request_received'), ...told });
    if (move === 'refuse') events.push({ ...this.planner.happeningNow('request_refused'), ...told });
    const decision = APPEAL_DECISIONS.get(move);
    if (decision) events.push({ ...this.planner.happeningNow('appeal_decided'), ...told, about: decision });
    if (toState === 'suspended') events.push({ ...this.planner.happeningNow('request_suspended'), ...told });
    return events;
  }
}
