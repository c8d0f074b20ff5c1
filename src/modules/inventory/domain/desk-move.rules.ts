import { argumentFaults, type Arguments } from '../../../shared/arguments.js';
import type { Fault } from '../../../shared/denial.js';
import { attempt, canMove, type InvalidMove, type TargetOf } from '../../../shared/machine.js';
import { refused, type Result } from '../../../shared/result.js';
import type { DeviceCondition } from '../../../shared/vocabulary.js';
import { deviceMachine, type DeviceMove, type DeviceStatus } from './device.machine.js';

const ARGUMENTS = ['condition', 'dataWiped', 'siteId', 'reason', 'policeReportReference'] as const;

/** The arguments of a move of the desk; null means left out. */
export interface DeskMoveArguments {
  readonly condition?: DeviceCondition | null;
  readonly dataWiped?: boolean | null;
  readonly siteId?: string | null;
  readonly reason?: string | null;
  readonly policeReportReference?: string | null;
}

interface DeskMoveRule extends Arguments<(typeof ARGUMENTS)[number]> {
  /** The statuses from which the move may be made by hand, if a loan makes it from the others. */
  readonly from?: readonly DeviceStatus[];
  /** The move ends the council's ownership, which desk agents may not decide (product.md, "People and rights"). */
  readonly notByDeskAgents?: true;
}

/**
 * The moves that belong to no loan and no offer, with their required and possible arguments. The other moves are made by loans and offers.
 */
export const DESK_MOVES = {
  prepare: { needs: [], takes: ['condition', 'reason'] },
  inspect: { needs: [['reason']], takes: ['condition'] },
  pass_inspection: { needs: [['condition'], ['dataWiped']], takes: ['reason'] },
  fail_inspection: { needs: [['reason']], takes: ['condition', 'dataWiped'] }, // the reason is the fault that was found
  repair_done: { needs: [], takes: ['condition', 'reason'] },
  send: { needs: [['siteId']], takes: ['reason'] },
  receive: { needs: [], takes: ['siteId', 'condition', 'reason'] },
  mark_missing: { needs: [], takes: ['reason', 'policeReportReference'] },
  recover: { needs: [], takes: ['condition', 'reason'], from: ['missing'] }, // what was lost or stolen comes back through its loan
  retire: { needs: [['reason']], takes: ['condition', 'policeReportReference'], notByDeskAgents: true },
} as const satisfies Partial<Record<DeviceMove, DeskMoveRule>>;

export type DeskMove = keyof typeof DESK_MOVES;

/** Everything that is missing from the arguments of a move or wrong with them. For a device in transit, `siteId` is its destination. */
export function deskMoveFaults(move: DeskMove, given: DeskMoveArguments, device: { readonly siteId: string }): Fault[] {
  const faults = argumentFaults(ARGUMENTS, DESK_MOVES[move], given);
  if (move === 'pass_inspection' && given.dataWiped === false) {
    faults.push({
      pointer: '/dataWiped',
      code: 'DATA_NOT_WIPED',
      message: 'must be true: wipe the data before the device goes to another family',
    });
  }
  if (move === 'receive' && given.siteId && given.siteId !== device.siteId) {
    faults.push({ pointer: '/siteId', code: 'NOT_THE_DESTINATION', message: 'must be the site that the device was sent to' });
  }
  return faults;
}

/** Whether somebody with this role may make the move at all. The role of an API client is null. */
export function mayMakeDeskMove(move: DeskMove, role: string | null): boolean {
  const { notByDeskAgents }: DeskMoveRule = DESK_MOVES[move];
  return !(notByDeskAgents && role === 'desk_agent');
}

/** The moves that somebody with this role may make from a status, in the order of the table. The role of an API client is null. */
export function possibleDeskMoves(status: DeviceStatus, role: string | null = null): DeskMove[] {
  return (Object.keys(DESK_MOVES) as DeskMove[]).filter((move) => {
    const { from }: DeskMoveRule = DESK_MOVES[move];
    return canMove(deviceMachine, status, move) && (from?.includes(status) ?? true) && mayMakeDeskMove(move, role);
  });
}

/**
 * The status to which a move of the desk leads, or which moves are possible instead. A device in transit gets back the status that it had
 * before.
 */
export function attemptDeskMove(
  device: { readonly status: DeviceStatus; readonly sentFromStatus: TargetOf<typeof deviceMachine, 'receive'> | null },
  move: DeskMove,
  role: string | null = null,
): Result<DeviceStatus, InvalidMove<typeof deviceMachine>> {
  const possible = possibleDeskMoves(device.status, role);
  if (!possible.includes(move)) return refused({ from: device.status, move, possible });
  // If the history does not say from which status the device was sent, it counts as not prepared yet.
  return attempt(deviceMachine, device.status, move, device.sentFromStatus ?? 'intake');
}
