import { ok, refused, type Result } from './result.js';

/**
 * The states from which a move is possible, and the state to which it leads. When there are several targets, the situation decides between
 * them.
 */
export interface Move<State extends string> {
  readonly from: readonly State[];
  readonly to: State | readonly State[];
  /** The name of a condition that must hold besides the state. The move is only possible if the caller says that it holds. */
  readonly when?: string;
}

/** States and moves as data. The checks, the answers of the API, the documentation and the tests all read the same table. */
export interface Machine<State extends string = string, Name extends string = string> {
  readonly initial: State;
  readonly moves: Readonly<Record<Name, Move<State>>>;
}

export type MoveOf<Table extends Machine> = keyof Table['moves'] & string;

/** The states to which one move can lead. */
export type TargetOf<Table extends Machine, Name extends MoveOf<Table>> = OneOrEach<Table['moves'][Name]['to']>;

export type StateOf<Table extends Machine> =
  Table['initial'] | Table['moves'][MoveOf<Table>]['from'][number] | TargetOf<Table, MoveOf<Table>>;

/** The names of the conditions in a table. */
export type ConditionOf<Table extends Machine> = Table['moves'][MoveOf<Table>] extends infer Each
  ? Each extends { readonly when: infer Name extends string }
    ? Name
    : never
  : never;

/** Why a move was refused, and what could be done instead. */
export interface InvalidMove<Table extends Machine = Machine> {
  readonly from: StateOf<Table>;
  readonly move: MoveOf<Table>;
  readonly possible: readonly MoveOf<Table>[];
}

type OneOrEach<To> = To extends readonly (infer State)[] ? State : To;

/** A move with one target needs no decision; a move with several targets needs one. */
type Decision<Table extends Machine, Name extends MoveOf<Table>> = Table['moves'][Name]['to'] extends string
  ? []
  : [to: TargetOf<Table, Name>];

/** The moves that lead out of a state, in the table's order. */
export function possibleMoves<Table extends Machine>(machine: Table, state: StateOf<Table>): MoveOf<Table>[] {
  return moveNames(machine).filter((move) => canMove(machine, state, move));
}

export function canMove<Table extends Machine>(machine: Table, state: StateOf<Table>, move: MoveOf<Table>): boolean {
  const { from, when } = moveNamed(machine, move);
  return when === undefined && from.includes(state);
}

/** The machine in a situation in which these conditions hold: their moves then depend on the state alone. */
export function whileHolding<Table extends Machine>(machine: Table, conditions: readonly ConditionOf<Table>[]): Table {
  const holds = (when: string | undefined) => when !== undefined && (conditions as readonly string[]).includes(when);
  const moves = moveNames(machine).map((name) => {
    const { when, ...move } = moveNamed(machine, name);
    return [name, holds(when) || when === undefined ? move : { ...move, when }];
  });
  return { ...machine, moves: Object.fromEntries(moves) as Table['moves'] };
}

/**
 * The state to which a move leads, or why it is not possible. For a move with several targets, the caller passes the one that the situation
 * requires. Throws a RangeError for a target that the table does not contain.
 */
export function attempt<Table extends Machine, Name extends MoveOf<Table>>(
  machine: Table,
  state: StateOf<Table>,
  move: Name,
  ...[decided]: Decision<Table, Name>
): Result<TargetOf<Table, Name>, InvalidMove<Table>> {
  if (!canMove(machine, state, move)) return refused({ from: state, move, possible: possibleMoves(machine, state) });
  const targets = targetsOf(machine, move);
  const target = targets.length === 1 ? targets[0] : decided;
  if (target === undefined || !targets.includes(target)) throw new RangeError(`The move ${move} does not lead to ${target}`);
  return ok(target as TargetOf<Table, Name>);
}

/** Every state in the table: the initial one first, then in the order of the moves. */
export function states<Table extends Machine>(machine: Table): StateOf<Table>[] {
  const named = moveNames(machine).flatMap((move) => [...moveNamed(machine, move).from, ...targetsOf(machine, move)]);
  return [...new Set([machine.initial, ...named])];
}

/** The states that some sequence of moves reaches from the initial one, nearest first, as if all conditions held. */
export function reachableStates<Table extends Machine>(machine: Table): StateOf<Table>[] {
  const reached = new Set<StateOf<Table>>([machine.initial]);
  for (const state of reached) {
    for (const move of moveNames(machine).filter((name) => moveNamed(machine, name).from.includes(state))) {
      for (const target of targetsOf(machine, move)) reached.add(target);
    }
  }
  return [...reached];
}

/** The machine as a Mermaid state diagram. States that no move leaves are final. */
export function toMermaid<Table extends Machine>(machine: Table): string {
  const arrows = moveNames(machine).flatMap((move) =>
    moveNamed(machine, move).from.flatMap((from) => targetsOf(machine, move).map((to) => `${from} --> ${to} : ${titleOf(machine, move)}`)),
  );
  const ends = states(machine)
    .filter((state) => moveNames(machine).every((move) => !moveNamed(machine, move).from.includes(state)))
    .map((state) => `${state} --> [*]`);
  return ['stateDiagram-v2', ...[`[*] --> ${machine.initial}`, ...arrows, ...ends].map((line) => `  ${line}`), ''].join('\n');
}

/** A move with its condition, as it is written in a diagram. */
function titleOf<Table extends Machine>(machine: Table, move: MoveOf<Table>): string {
  const { when } = moveNamed(machine, move);
  return when === undefined ? move : `${move} [${when}]`;
}

function moveNames<Table extends Machine>(machine: Table): MoveOf<Table>[] {
  return Object.keys(machine.moves);
}

function moveNamed<Table extends Machine>(machine: Table, move: MoveOf<Table>): Move<StateOf<Table>> {
  return machine.moves[move] as Move<StateOf<Table>>;
}

function targetsOf<Table extends Machine>(machine: Table, move: MoveOf<Table>): readonly StateOf<Table>[] {
  const { to } = moveNamed(machine, move);
  return typeof to === 'string' ? [to] : to;
}
