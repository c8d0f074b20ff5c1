import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import type { LoanPolicyRule } from '../../councils/index.js';
import type { RoundLines, SolutionKey, StockedPool } from './round-solutions.repository.js';

/** What the council has settled, and the day on which a fund may pay: the day up to which waiting is counted may be an earlier one. */
export interface RoundSettings {
  readonly today: Day;
  readonly rules: readonly LoanPolicyRule[];
}

/** What a round can give out. */
export interface RoundStock {
  readonly pools: readonly StockedPool[];
  /** Of each pool, what the council keeps back. */
  readonly reserved: readonly number[];
  /** Of each pool, how many devices the round may give. */
  readonly capacities: readonly number[];
  /** The stock to which a round was not narrowed: a family is told what lies there. */
  readonly beside: { readonly pools: readonly StockedPool[]; readonly capacities: readonly number[] };
}

/** Where one round takes its stock and its lines from. */
export interface RoundSource {
  /** It reads very many lines: few such rounds are solved at once, and people see how far each has come. */
  readonly isLong: boolean;
  stock(tx: Tx): Promise<RoundStock>;
  /** Whom it may serve, beside whom a person set aside in it and who is told so; null: nobody. */
  lines(tx: Tx, setAside: ReadonlySet<string>, settings: RoundSettings): Promise<RoundLines | null>;
  /** The school whose administrators see it; null: those of the council alone. Known once it is solved. */
  owner(tx: Tx, key: SolutionKey): Promise<string | null>;
}
