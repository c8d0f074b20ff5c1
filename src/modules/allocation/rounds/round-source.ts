import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import type { LoanPolicyRule } from '../../councils/index.js';
import type { LineSelection, SolutionKey, StockedPool } from './round-solutions.repository.js';

/** The council's settings, and today. The day up to which waiting is counted may be an earlier one. */
export interface RoundSettings {
  readonly today: Day;
  readonly rules: readonly LoanPolicyRule[];
}

/** The stock that a round can give out. */
export interface RoundStock {
  readonly pools: readonly StockedPool[];
  /** For each pool, how many devices the council keeps back. */
  readonly reserved: readonly number[];
  /** For each pool, how many devices the round may give. */
  readonly capacities: readonly number[];
  /** The stock that the round leaves out because it is limited. Families are told how much of it would suit them. */
  readonly beside: { readonly pools: readonly StockedPool[]; readonly capacities: readonly number[] };
}

/** Where one round takes its stock and its lines from. */
export interface RoundSource {
  /** Whether it reads very many lines. Only few such rounds are solved at once, and their progress is reported. */
  readonly isLong: boolean;
  stock(tx: Tx): Promise<RoundStock>;
  /** The lines that the round may serve, and those that a person set aside in it, whose families are told so; null when there are none. */
  lines(tx: Tx, setAside: ReadonlySet<string>, settings: RoundSettings): Promise<LineSelection | null>;
  /** The school whose administrators see the round; null when only the council's managers do. It is known once the round is solved. */
  owner(tx: Tx, key: SolutionKey): Promise<string | null>;
}
