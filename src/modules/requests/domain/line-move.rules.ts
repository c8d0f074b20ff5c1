import { argumentFaults, type Arguments } from '../../../shared/arguments.js';
import type { Day } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import { attempt, canMove, type ConditionOf, type InvalidMove, whileHolding } from '../../../shared/machine.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import type { StaffRole } from '../../councils/index.js';
import type { LineStanding } from './line-standing.rules.js';
import { requestLineMachine, type RequestLineMove, type RequestLineState } from './request-line.machine.js';

const ARGUMENTS = ['reason', 'until', 'pickupSlotId', 'noLongerNeeded'] as const;

/** What may be said with a move; null is as good as left out. */
export interface LineMoveArguments {
  readonly reason?: string | null;
  readonly until?: Day | null;
  readonly pickupSlotId?: string | null;
  readonly noLongerNeeded?: boolean | null;
}

type Table = Partial<Record<RequestLineMove, Arguments<(typeof ARGUMENTS)[number]>>>;

/** What families and staff may do with a line for which no device is held, and what each move needs and takes. */
export const QUEUE_MOVES = {
  withdraw: { needs: [], takes: ['reason'] },
  suspend: { needs: [['until', 'reason']], takes: [] },
  resume: { needs: [], takes: ['reason'] },
  refuse: { needs: [['reason']], takes: [] },
  appeal: { needs: [], takes: ['reason'] },
  uphold_appeal: { needs: [['reason']], takes: [] },
  dismiss_appeal: { needs: [['reason']], takes: [] },
} as const satisfies Table;

/** The same with a line that holds an offer. */
export const OFFER_MOVES = {
  accept: { needs: [], takes: ['pickupSlotId'] },
  decline: { needs: [], takes: ['noLongerNeeded', 'reason'] },
  rebook: { needs: [['pickupSlotId']], takes: [] },
  revoke: { needs: [['reason']], takes: [] },
} as const satisfies Table;

export const LINE_MOVES = { ...QUEUE_MOVES, ...OFFER_MOVES };

export type LineMove = keyof typeof LINE_MOVES;

/** Decisions about an appeal are not for those who refused. */
const MANAGERS_MOVES: readonly LineMove[] = ['uphold_appeal', 'dismiss_appeal'];

/** Whether somebody of this role may make a move; clients (null) may what their scopes say. */
export function mayMakeMove(role: StaffRole | null, move: LineMove): boolean {
  return role === null || role === 'council_manager' || !MANAGERS_MOVES.includes(move);
}

/** Everything that is missing from a move's arguments or wrong with them. */
export function lineMoveFaults(move: LineMove, given: LineMoveArguments, today: Day): Fault[] {
  const faults = argumentFaults(ARGUMENTS, LINE_MOVES[move], given);
  if (move === 'suspend' && given.until && given.until < today) {
    faults.push({ pointer: '/until', code: 'DAY_PASSED', message: 'must be today or later' });
  }
  return faults;
}

/** What decides which moves a line has. */
export type MovingLine = Pick<LineStanding, 'state' | 'appealedAt' | 'appealDecidedAt'>;

type Condition = ConditionOf<typeof requestLineMachine>;

/** When the conditions of the machine hold for a line. */
const CONDITIONS: Readonly<Record<Condition, (line: MovingLine) => boolean>> = {
  appeal_pending: ({ appealedAt, appealDecidedAt }) => appealedAt !== null && appealDecidedAt === null,
};

function machineOf(line: MovingLine): typeof requestLineMachine {
  return whileHolding(
    requestLineMachine,
    (Object.keys(CONDITIONS) as Condition[]).filter((name) => CONDITIONS[name](line)),
  );
}

/** What families and staff may do with a line as it stands, in the tables' order. */
export function possibleLineMoves(line: MovingLine): LineMove[] {
  const machine = machineOf(line);
  return (Object.keys(LINE_MOVES) as LineMove[]).filter((move) => canMove(machine, line.state, move));
}

/** Where a move leads a line, or what could be done instead. */
export function attemptLineMove(
  line: MovingLine,
  move: LineMove,
  { noLongerNeeded }: Pick<LineMoveArguments, 'noLongerNeeded'>,
): Result<RequestLineState, InvalidMove<typeof requestLineMachine>> {
  const to = attempt(machineOf(line), line.state, move, noLongerNeeded ? 'withdrawn' : 'waiting');
  return to.ok ? ok(to.value) : refused({ from: line.state, move, possible: possibleLineMoves(line) });
}

/** Where a line goes whose offer or pickup has expired; `missedOffers` counts this one. */
export function afterMissedOffer(missedOffers: number, policy: { readonly missedOffers: number }): 'waiting' | 'suspended' {
  return missedOffers >= policy.missedOffers ? 'suspended' : 'waiting';
}
