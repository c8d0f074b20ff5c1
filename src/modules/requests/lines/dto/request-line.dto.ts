import { Example, Field, PageQuery, Parameter, VersionedView } from '../../../../platform/http/index.js';
import type { Day } from '../../../../shared/day.js';
import { states } from '../../../../shared/machine.js';
import { DEVICE_CATEGORIES, DEVICE_CLASSES, type DeviceCategory, type DeviceClass } from '../../../../shared/vocabulary.js';
import type { WithHousehold } from '../../../households/index.js';
import { HouseholdCardField, type HouseholdCardView } from '../../../households/http.js';
import { LINE_MOVES, type LineMove } from '../../domain/line-move.rules.js';
import { requestLineMachine, type RequestLineState } from '../../domain/request-line.machine.js';
import type { LineInQueue, PlacedLine } from '../../queue/queue.repository.js';

export const CLASSES = Object.keys(DEVICE_CLASSES) as DeviceClass[];
const LINE_STATES = states(requestLineMachine);

/** What the choice of a site does, said where it is made and where it is read. */
export const PICKUP_SITE =
  'where the family wants to collect: a site that is named is the only one whose stock the lines are served from, so that they wait while devices lie at others; null, for which nothing need be said: every site that serves the school';

/** What lists of lines and of requests may be narrowed to. */
export class QueueQuery extends PageQuery {
  @Parameter.oneOf(LINE_STATES)
  state?: RequestLineState;

  @Parameter.oneOf(CLASSES)
  class?: DeviceClass;

  @Parameter.uuid({ about: 'of the line’s first learner, else of the household’s first learner, else of the household' })
  schoolId?: string;

  @Parameter.oneOf(['position'], { about: 'what waits, in the order of the queue, class by class; by id when left out' })
  sort?: 'position';
}

@Example({ move: 'suspend', reason: 'La famille est en voyage', until: '2026-12-01' })
export class LineMoveBody {
  @Field.oneOf(Object.keys(LINE_MOVES), { example: 'withdraw', about: 'what is to be done; which moves are possible depends on the state' })
  move: LineMove;

  @Field.text({ max: 2000, nullable: true, optional: true, about: 'in plain words: the family is told' })
  reason?: string | null;

  @Field.day({ nullable: true, optional: true, about: 'the day on which a suspended line waits again' })
  until?: Day | null;

  @Field.uuid({ nullable: true, optional: true, about: 'with accept and rebook: the time to collect it; null: any day until it expires' })
  pickupSlotId?: string | null;

  @Field.boolean({ nullable: true, optional: true, about: 'with decline: true withdraws the line as well' })
  noLongerNeeded?: boolean | null;
}

export class RequestLineView extends VersionedView {
  @Field.uuid()
  requestId: string;

  @Field.uuid()
  householdId: string;

  @Field.oneOf(CLASSES, { example: 'computer' })
  class: DeviceClass;

  @Field.uuids()
  learnerIds: readonly string[];

  @Field.manyOf(DEVICE_CATEGORIES, { about: 'the most wanted first', example: ['laptop', 'tablet'] })
  acceptableCategories: readonly DeviceCategory[];

  @Field.uuid({ nullable: true, about: PICKUP_SITE })
  pickupSiteId: string | null;

  @Field.oneOf(LINE_STATES, {
    example: 'waiting',
    about:
      'draft: not submitted; waiting: in the queue; offered: a device is held for it; accepted: it is to be collected; fulfilled: handed over; suspended, refused and withdrawn: not in the queue',
  })
  state: RequestLineState;

  @Field.instant({ nullable: true, about: 'when it was submitted; never starts again' })
  waitingSince: string | null;

  @Field.day({ nullable: true, about: 'the day on which it waits again by itself' })
  suspendedUntil: string | null;

  @Field.text({ nullable: true, about: 'what the family was told of why it stands so' })
  reason: string | null;

  @Field.instant({ nullable: true })
  appealedAt: string | null;

  @Field.instant({ nullable: true })
  appealDecidedAt: string | null;

  @Field.integer({ min: 1, nullable: true, example: 12, about: 'in the queue of its class while it waits; 1 is next' })
  position: number | null;

  @Field.integer({ min: -1_000_000, nullable: true, example: 720, about: 'points of the priority policy; null before submission' })
  score: number | null;

  static of(line: PlacedLine): RequestLineView {
    const { requestId, householdId, learnerIds, acceptableCategories, pickupSiteId, state, suspendedUntil, reason, position } = line;
    return {
      ...VersionedView.parts(line),
      requestId,
      householdId,
      class: line.class,
      learnerIds,
      acceptableCategories,
      pickupSiteId,
      state,
      waitingSince: line.waitingSince?.toISOString() ?? null,
      suspendedUntil,
      reason,
      appealedAt: line.appealedAt?.toISOString() ?? null,
      appealDecidedAt: line.appealDecidedAt?.toISOString() ?? null,
      position,
      score: state === 'draft' ? null : line.score,
    };
  }
}

/** A line as lists show it. */
export class ListedLineView extends RequestLineView {
  @HouseholdCardField()
  household: HouseholdCardView | null;

  static override of(line: PlacedLine & WithHousehold): ListedLineView {
    return Object.assign(RequestLineView.of(line), { household: line.household });
  }
}

export class LineInQueueView extends RequestLineView {
  @Field.integer({ nullable: true, example: 80, about: 'how many wait for its class, while it waits' })
  queueLength: number | null;

  static override of(line: LineInQueue): LineInQueueView {
    return { ...RequestLineView.of(line), queueLength: line.queueLength };
  }
}
