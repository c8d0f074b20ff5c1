import { describe, expect, test } from '@jest/globals';
import { aRound } from '../../../../../test/support/rounds.js';
import { parseRound } from './parse-round.js';

const right = () => aRound({ p1: 2, p2: 0 }, [['l1', -3, ['p2', 'p1']], ['l2', 5, []], ['l3', 5, ['p2', 'p1']]]); // prettier-ignore
/** Changes a correct round in one way and returns what `change` returns. */
const but = (change: (round: ReturnType<typeof right>) => unknown) => change(right());
const faultsOf = (json: unknown) => {
  const round = parseRound(json);
  return round.ok ? [] : round.reason.map(({ pointer, code }) => `${pointer} ${code}`);
};

test('a round is read into columns, each list once', () => {
  expect(parseRound(right())).toEqual({
    ok: true,
    value: {
      key: Uint8Array.of(0, 255),
      pools: { ids: ['p1', 'p2'], capacities: [2, 0] },
      lists: [Int32Array.of(1, 0), Int32Array.of()],
      lines: {
        ids: ['l1', 'l2', 'l3'],
        householdIds: ['h-l1', 'h-l2', 'h-l3'],
        scores: Float64Array.of(-3, 5, 5),
        lists: Int32Array.of(0, 1, 0),
      },
    },
  });
});

describe('each fault is named with its place', () => {
  const first = <Item>([item]: readonly Item[]) => item as Item;
  test.each<[what: string, json: unknown, faults: string[]]>([
    ['no object', [], [' WRONG_TYPE']],
    ['nothing', null, [' WRONG_TYPE']],
    ['an empty object', {}, ['/seed REQUIRED', '/pools REQUIRED', '/lines REQUIRED']],
    ['an unknown member', { ...right(), 'a/b~': 1 }, ['/a~1b~0 UNKNOWN_FIELD']],
    ['half a byte', { ...right(), seed: '00f' }, ['/seed INVALID']],
    ['no hex', { ...right(), seed: '00fg' }, ['/seed INVALID']],
    ['a seed without a byte', { ...right(), seed: '' }, ['/seed TOO_SHORT']],
    ['a seed that is a number', { ...right(), seed: 10 }, ['/seed WRONG_TYPE']],
    ['pools that are no list', { ...right(), pools: {} }, ['/pools WRONG_TYPE']],
    ['lines that are no list', { ...right(), lines: null }, ['/lines WRONG_TYPE']],
    ['a pool that is no object', but(({ pools, ...round }) => ({ ...round, pools: [...pools, 'p3'] })), ['/pools/2 WRONG_TYPE']],
    ['two pools of one id', but(({ pools, ...round }) => ({ ...round, pools: [...pools, first(pools)] })), ['/pools/2/id DUPLICATE']],
    ['two lines of one id', but(({ lines, ...round }) => ({ ...round, lines: [...lines, first(lines)] })), ['/lines/3/id DUPLICATE']],
    ['half a device', aRound({ p1: 1.5 }, []), ['/pools/0/capacity WRONG_TYPE']],
    ['less than no device', aRound({ p1: -1 }, []), ['/pools/0/capacity OUT_OF_RANGE']],
    ['more devices than there are', aRound({ p1: 2 ** 31 }, []), ['/pools/0/capacity OUT_OF_RANGE']],
    ['half a point', aRound({}, [['l', 0.5, []]]), ['/lines/0/score WRONG_TYPE']],
    ['more points than a number holds', aRound({}, [['l', 2 ** 53, []]]), ['/lines/0/score WRONG_TYPE']],
    ['an unknown pool', aRound({ p: 1 }, [['l', 1, ['p', 'q']]]), ['/lines/0/pools/1 UNKNOWN_REFERENCE']],
    ['a pool twice in a list', aRound({ p: 1 }, [['l', 1, ['p', 'p']]]), ['/lines/0/pools/1 DUPLICATE']],
    ['an empty id', aRound({ '': 1 }, [['', 1, []]]), ['/pools/0/id TOO_SHORT', '/lines/0/id TOO_SHORT']],
    ['a pool with nothing in it', { ...right(), pools: [{}], lines: [] }, ['category', 'siteId', 'capacity', 'id'].map((name) => `/pools/0/${name} REQUIRED`)],
    ['a line with nothing in it', { ...right(), lines: [{}] }, ['id', 'householdId', 'score', 'pools'].map((name) => `/lines/0/${name} REQUIRED`)],
    ['an unknown member of a line', { ...right(), lines: [{ ...first(right().lines), rank: 1 }] }, ['/lines/0/rank UNKNOWN_FIELD']],
    ['a pool that is no text', { ...right(), lines: [{ ...first(right().lines), pools: [1, {}] }] }, ['/lines/0/pools/0 WRONG_TYPE', '/lines/0/pools/1 WRONG_TYPE']],
  ])('%s', (_, json, faults) => {
    expect(faultsOf(json)).toEqual(faults);
  }); // prettier-ignore

  test('several at once, and no more than a thousand', () => {
    expect(faultsOf({ seed: 'x', pools: [1], lines: [2] })).toEqual(['/seed INVALID', '/pools/0 WRONG_TYPE', '/lines/0 WRONG_TYPE']);
    expect(faultsOf({ ...right(), lines: new Array(5000).fill(0) })).toHaveLength(1000);
  });

  test('pools named like parts of an object are only names', () => {
    expect(faultsOf(aRound({ constructor: 1 }, [['l', 1, ['toString']]]))).toEqual(['/lines/0/pools/0 UNKNOWN_REFERENCE']);
  });
});
