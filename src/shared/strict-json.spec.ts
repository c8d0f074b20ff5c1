import { describe, expect, test } from '@jest/globals';
import { label, listOf, manyOf, number, objectOf, oneOf, optional, orNull, readStrictly, required, shaped, whole } from './strict-json.js';

const part = objectOf({ name: required(label(5)), count: optional(whole(1, 7)) });
const read = objectOf({
  title: required(label(5)),
  time: optional(shaped((text) => text === '08:00', 'must be 08:00')),
  share: orNull(number(0, 1)),
  part: optional(part),
  parts: optional(listOf(part)),
  word: optional(oneOf(['one', 'two'])),
  words: optional(manyOf(['one', 'two'])),
});
const faultsOf = (json: unknown) => {
  const value = readStrictly(read, json);
  return value.ok ? [] : value.reason.map(({ pointer, code, message }) => `${pointer} ${code} ${message}`);
};

test('what is right is read, and what may be left out is no member', () => {
  const json = {
    title: ' a ',
    time: ' 08:00 ',
    share: 0.5,
    part: { name: 'b' },
    parts: [{ name: 'c', count: 7 }],
    word: 'two',
    words: ['one'],
  };
  expect(readStrictly(read, json)).toEqual({ ok: true, value: { ...json, time: '08:00' } });
  const least = readStrictly(read, { title: 'a' });
  expect(least).toEqual({ ok: true, value: { title: 'a', share: null } });
  expect(Object.keys(least.ok ? least.value : {})).toEqual(['title', 'share']);
});

describe('each fault is named with its place', () => {
  test.each<[json: unknown, faults: string[]]>([
    [null, [' WRONG_TYPE must be a JSON object']],
    [[], [' WRONG_TYPE must be a JSON object']],
    [{}, ['/title REQUIRED must be given']],
    [{ title: null }, ['/title REQUIRED must be given']],
    [{ title: 1 }, ['/title WRONG_TYPE must be text']],
    [{ title: '' }, ['/title TOO_SHORT must not be empty']],
    [{ title: 'abcdef' }, ['/title TOO_LONG must be shorter than or equal to 5 characters']],
    [{ title: '\u{1F600}'.repeat(5) }, []],
    [{ title: 'a\u0007' }, ['/title FORBIDDEN_CHARACTERS must not contain control characters']],
    [{ title: 'a', time: 8 }, ['/time WRONG_TYPE must be text']],
    [{ title: 'a', time: '8:00' }, ['/time INVALID must be 08:00']],
    [{ title: 'a', time: '08:00\u0007' }, ['/time FORBIDDEN_CHARACTERS must not contain control characters']],
    [{ title: 'a', share: '0.5' }, ['/share WRONG_TYPE must be a number']],
    [{ title: 'a', share: -0.1 }, ['/share OUT_OF_RANGE must not be less than 0']],
    [{ title: 'a', share: 1.1 }, ['/share OUT_OF_RANGE must not be greater than 1']],
    [{ title: 'a', part: [] }, ['/part WRONG_TYPE must be an object']],
    [{ title: 'a', part: { name: 'b', count: 1.5 } }, ['/part/count WRONG_TYPE must be a whole number']],
    [{ title: 'a', parts: {} }, ['/parts WRONG_TYPE must be a list']],
    [{ title: 'a', parts: [1, { name: 'b', count: 8 }, {}] }, ['/parts/0 WRONG_TYPE must be an object', '/parts/1/count OUT_OF_RANGE must not be greater than 7', '/parts/2/name REQUIRED must be given']],
    [{ title: 'a', word: 'three' }, ['/word NOT_ONE_OF must be one of one, two']],
    [{ title: 'a', words: 'one' }, ['/words WRONG_TYPE must be a list']],
    [{ title: 'a', words: ['one', 'three'] }, ['/words NOT_ONE_OF must be a list of one, two']],
    [{ x: 1, part: { 'a/b~': 1 } }, ['/x UNKNOWN_FIELD is not known here', '/part/a~1b~0 UNKNOWN_FIELD is not known here']],
  ])('%j', (json, faults) => {
    expect(faultsOf(json)).toEqual(faults);
  }); // prettier-ignore

  test.each(['toString', 'constructor', 'hasOwnProperty', '__proto__', 'valueOf'])('nothing is passed over in silence: %s', (name) => {
    expect(faultsOf(JSON.parse(`{"title": "a", "${name}": 1}`))).toEqual([`/${name} UNKNOWN_FIELD is not known here`]);
  });
});
