import { argumentFaults, type Arguments } from '../../../shared/arguments.js';
import type { Day } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import { attempt, canMove, type ConditionOf, type InvalidMove, whileHolding } from '../../../shared/machine.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import type { Role } from '../../councils/index.js';
import type { LineStanding } from './line-standing.rules.js';
import { requestLineMachine, type RequestLineMove, type RequestLineState } from './request-line.machine.js';

const ARGUMENTS = ['reason', 'until', 'pickupSlotId', 'noLongerNeeded'] as const;

/** What may be given with a move; null is the same as left out. */
export interface LineMoveArguments {
  readonly reason?: string | null;
  readonly until?: Day | null;
  readonly pickupSlotId?: string | null;
  readonly noLongerNeeded?: boolean | null;
}

type MoveArgumentsTable = Partial<Record<RequestLineMove, Arguments<(typeof ARGUMENTS)[number]>>>;

/** The moves that families and staff may make of a line for which no device is held, with the arguments that each needs and takes. */
export const QUEUE_MOVES = {
  withdraw: { needs: [], takes: ['reason'] },
  suspend: { needs: [['until', 'reason']], takes: [] },
  resume: { needs: [], takes: ['reason'] },
  refuse: { needs: [['reason']], takes: [] },
  appeal: { needs: [], takes: ['reason'] },
  uphold_appeal: { needs: [['reason']], takes: [] },
  dismiss_appeal: { needs: [['reason']], takes: [] },
} as const satisfies MoveArgumentsTable;

/** The moves that they may make of a line that has an offer. */
export const OFFER_MOVES = {
  accept: { needs: [], takes: ['pickupSlotId'] },
  decline: { needs: [], takes: ['noLongerNeeded', 'reason'] },
  rebook: { needs: [['pickupSlotId']], takes: [] },
  revoke: { needs: [['reason']], takes: [] },
} as const satisfies MoveArgumentsTable;

export const LINE_MOVES = { ...QUEUE_MOVES, ...OFFER_MOVES };

export type LineMove = keyof typeof LINE_MOVES;

/** An appeal is decided by a manager, and not by whoever refused the line. */
const MANAGERS_MOVES: readonly LineMove[] = ['uphold_appeal', 'dismiss_appeal'];

/** What a family decides about its own lines; the rest is decided about them. */
const FAMILYS_MOVES: readonly LineMove[] = ['withdraw', 'resume', 'appeal', 'accept', 'decline', 'rebook'];

/** Whether a user with this role may make a move. API clients (null) may make what their scopes allow. */
export function mayMakeMove(role: Role | null, move: LineMove): boolean {
  if (role === 'family') return FAMILYS_MOVES.includes(move);
  return role === null || role === 'council_manager' || !MANAGERS_MOVES.includes(move);
}

/** Returns everything that is missing from a move's arguments or wrong with them. */
export function lineMoveFaults(move: LineMove, given: LineMoveArguments, today: Day): Fault[] {
  const faults = argumentFaults(ARGUMENTS, LINE_MOVES[move], given);
  if (move === 'suspend' && given.until && given.until < today) {
    faults.push({ pointer: '/until', code: 'DAY_PASSED', message: 'must be today or later' });
  }
  return faults;
}

/** What decides which moves of a line are possible. */
export type MovingLine = Pick<LineStanding, 'state' | 'appealedAt' | 'appealDecidedAt'>;

type MoveCondition = ConditionOf<typeof requestLineMachine>;

/** Whether each condition of the machine holds for a line. */
const CONDITIONS: Readonly<Record<MoveCondition, (line: MovingLine) => boolean>> = {
  appeal_pending: ({ appealedAt, appealDecidedAt }) => appealedAt !== null && appealDecidedAt === null,
};

function machineOf(line: MovingLine): typeof requestLineMachine {
  return whileHolding(
    requestLineMachine,
    (Object.keys(CONDITIONS) as MoveCondition[]).filter((name) => CONDITIONS[name](line)),
  );
}

/** Returns the moves that families and staff may make of a line in its present state, in the tables' order. */
export function possibleLineMoves(line: MovingLine): LineMove[] {
  const machine = machineOf(line);
  return (Object.keys(LINE_MOVES) as LineMove[]).filter((move) => canMove(machine, line.state, move));
}

/** Returns the state to which a move leads, or a refusal with the moves that are possible instead. */
export function attemptLineMove(
  line: MovingLine,
  move: LineMove,
  { noLongerNeeded }: Pick<LineMoveArguments, 'noLongerNeeded'>,
): Result<RequestLineState, InvalidMove<typeof requestLineMachine>> {
  const to = attempt(machineOf(line), line.state, move, noLongerNeeded ? 'withdrawn' : 'waiting');
  return to.ok ? ok(to.value) : refused({ from: line.state, move, possible: possibleLineMoves(line) });
}

/** Returns the next state of a line whose offer or pickup has expired; `missedOffers` counts this one. */
export function afterMissedOffer(missedOffers: number, policy: { readonly missedOffers: number }): 'waiting' | 'suspended' {
  return missedOffers >= policy.missedOffers ? 'suspended' : 'waiting';
}
