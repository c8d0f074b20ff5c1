import { Field } from '../../../../platform/http/index.js';
import { UNSERVED_REASONS, type UnservedReason } from '../../domain/engine/round.js';

/** As many as a body of 1 MiB has room for. */
const MANY = 100_000;
const anyLength = { max: 1_048_576 };
const SCORES = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
const TICKET = 'd902e15aeddda175ec93584dab01e5046b99f0cd763cf0765a30b8cfba88aa96';

class RoundPoolBody {
  @Field.text({ ...anyLength, example: 'p1', about: 'any name for this stock; each once' })
  id: string;

  @Field.text({ ...anyLength, example: 'laptop', about: 'of its devices' })
  category: string;

  @Field.text({ ...anyLength, example: 's1', about: 'where its devices are' })
  siteId: string;

  @Field.integer({ about: 'devices that can be given', example: 2 })
  capacity: number;
}

class RoundLineBody {
  @Field.text({ ...anyLength, example: 'l1', about: 'any name for this line; each once' })
  id: string;

  @Field.text({ ...anyLength, example: 'h1', about: 'what the lottery ticket is made from' })
  householdId: string;

  @Field.integer({ ...SCORES, example: 720, about: 'more are served first' })
  score: number;

  @Field.texts({ max: MANY, maxLength: anyLength.max, example: ['p1'], about: 'ids of the pools that it may be served from, best first' })
  pools: string[];
}

/** What the document says of a round; `parseRound` reads it. */
export class RoundBody {
  @Field.text({ ...anyLength, example: '00ff', about: 'key of the lottery, whole bytes in hex' })
  seed: string;

  @Field.nestedList(() => RoundPoolBody, { max: MANY, about: 'each id once' })
  pools: RoundPoolBody[];

  @Field.nestedList(() => RoundLineBody, { max: MANY, about: 'each id once' })
  lines: RoundLineBody[];
}

class AssignmentView {
  @Field.text({ ...anyLength, example: 'l1', about: 'id of the line, as it was sent' })
  line: string;

  @Field.text({ ...anyLength, example: 'p1', about: 'id of the pool, as it was sent' })
  pool: string;

  @Field.integer({ about: "place of the pool in the line's list; 0 is the first choice", example: 0 })
  rank: number;
}

class CutoffView {
  @Field.text({ ...anyLength, example: 'l1', about: 'id of the line that was served instead' })
  line: string;

  @Field.integer({ ...SCORES, example: 720 })
  score: number;

  @Field.text({ example: TICKET })
  ticket: string;
}

class UnservedView {
  @Field.text({ ...anyLength, example: 'l2', about: 'id of the line, as it was sent' })
  line: string;

  @Field.oneOf(UNSERVED_REASONS, {
    about: 'NO_ELIGIBLE_POOL: it names no pool; NO_STOCK: its pools are empty; OUTRANKED: others came first',
  })
  reason: UnservedReason;

  @Field.nested(() => CutoffView, {
    optional: true,
    about: 'with OUTRANKED: the last served line in whose stead this one could have been served',
  })
  cutoff?: CutoffView;
}

export class RoundStatsView {
  @Field.integer({ about: 'lines in the round' })
  lines: number;

  @Field.integer({ about: 'lines that get a device' })
  served: number;

  @Field.integer({ max: Number.MAX_SAFE_INTEGER, about: 'devices in all pools' })
  capacity: number;

  @Field.integer({ about: 'devices given' })
  used: number;

  @Field.integer({ max: Number.MAX_SAFE_INTEGER, about: 'sum of the ranks of the served lines' })
  rankSum: number;
}

export class RoundResultView {
  @Field.nestedList(() => AssignmentView, {
    max: MANY,
    about: 'in the order of the lines: score descending, ticket ascending, id ascending',
  })
  assignments: AssignmentView[];

  @Field.nestedList(() => UnservedView, { max: MANY, about: 'in the order of the lines' })
  unserved: UnservedView[];

  @Field.nested(() => RoundStatsView, { about: 'the whole round in figures' })
  stats: RoundStatsView;
}
