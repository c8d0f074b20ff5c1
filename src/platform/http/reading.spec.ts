import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Field, orNull } from './field.js';
import { MOST_FAULTS } from './faults.js';
import { Problem, problemDocument } from './problem.js';
import { readInTurns } from './reading.js';
import { shapeOf } from './shape.js';

class Part {
  @Field.text({ max: 5 })
  name: string;

  @Field.integer({ optional: true })
  count?: number;
}

class Whole {
  @Field.text({ max: 5 })
  title: string;

  @Field.nested(() => Part, orNull)
  part?: Part | null;

  @Field.nestedList(() => Part, { min: 1, max: 3, optional: true })
  parts?: Part[];

  @Field.texts({ max: 2, maxLength: 3, optional: true })
  words?: string[];
}

class Changes extends PartialType(Whole, { skipNullProperties: false }) {}

const faultsOf = async (json: object, type: new () => object = Whole) => {
  const read = await readInTurns(type, json);
  return read.ok ? [] : read.reason.map(({ pointer, code }) => `${pointer} ${code}`);
};
const many = (count: number, value: unknown) => Array.from({ length: count }, () => value);

describe('an object is read into its class', () => {
  test('with the objects in it', async () => {
    const read = await readInTurns(Whole, { title: ' a ', part: { name: 'b' }, parts: [{ name: 'c', count: 1 }], words: ['d'] });
    const value = read.ok ? read.value : null;
    expect(value).toEqual({ title: 'a', part: { name: 'b' }, parts: [{ name: 'c', count: 1 }], words: ['d'] });
    expect([value instanceof Whole, value?.part instanceof Part, value?.parts?.[0] instanceof Part]).toEqual([true, true, true]);
  });

  test('and what may be left out, or null, is as it was sent', async () => {
    expect(await readInTurns(Whole, { title: 'a', part: null })).toEqual({ ok: true, value: { title: 'a', part: null } });
    expect(await readInTurns(Whole, { title: 'a' })).toEqual({ ok: true, value: { title: 'a' } });
    expect(await readInTurns(Changes, {})).toEqual({ ok: true, value: {} });
  });

  test.each<[object, string[]]>([
    [{}, ['/title REQUIRED']],
    [{ title: 'a', part: 1 }, ['/part WRONG_TYPE']],
    [{ title: 'a', part: [] }, ['/part WRONG_TYPE']],
    [{ title: 'a', parts: {} }, ['/parts WRONG_TYPE']],
    [{ title: 'a', parts: null }, ['/parts REQUIRED']],
    [{ title: 'a', parts: [] }, ['/parts TOO_FEW']],
    [{ title: 'a', parts: [1, { name: 'too long' }, null] }, ['/parts/0 WRONG_TYPE', '/parts/1/name TOO_LONG', '/parts/2 WRONG_TYPE']],
    [{ title: 'a', parts: many(4, { name: 'a' }) }, ['/parts TOO_MANY']],
    [{ title: {} }, ['/title WRONG_TYPE']],
    [{ title: [] }, ['/title WRONG_TYPE']],
    [{ title: 'a', words: many(3, 'a') }, ['/words TOO_MANY']],
    [{ title: 'a', words: [{}] }, ['/words WRONG_TYPE']],
    [{ title: 'a', x: 1, part: { 'a/b~': 1 } }, ['/x UNKNOWN_FIELD', '/part/a~1b~0 UNKNOWN_FIELD']],
  ])('%j', async (json, faults) => {
    expect(await faultsOf(json)).toEqual(faults);
  });

  test('a class that is made from another one has its limits too', async () => {
    expect(await faultsOf({ parts: many(4, { name: 'a' }) }, Changes)).toEqual(['/parts TOO_MANY']);
    expect(await faultsOf({ parts: [{ name: 'a', x: 1 }] }, Changes)).toEqual(['/parts/0/x UNKNOWN_FIELD']);
  });

  test.each(['toString', 'constructor', 'hasOwnProperty', '__proto__', 'valueOf'])(
    'nothing is passed over in silence: %s',
    async (name) => {
      const json = JSON.parse(`{"title": "a", "${name}": 1}`) as object;
      expect(await faultsOf(json)).toEqual([`/${name} UNKNOWN_FIELD`]);
    },
  );
});

describe('a long list', () => {
  class Long {
    @Field.uuids({ min: 1, max: 5000 })
    ids: string[];

    @Field.text({ optional: true })
    name?: string;
  }
  const id = (number: number) => `0199C2A4-7F63-7CC0-9D53-${String(number).padStart(12, '0')}`;
  const ids = (count: number) => Array.from({ length: count }, (_, number) => id(number));

  test('is read whole, some at a time', async () => {
    const read = await readInTurns(Long, { ids: ids(1234), name: 'a' });
    expect(read).toEqual({ ok: true, value: { ids: ids(1234).map((each) => each.toLowerCase()), name: 'a' } });
  });

  test('has one fault, wherever in it it is', async () => {
    expect(await faultsOf({ ids: [...ids(1300), 'x', ...ids(700), {}] }, Long)).toEqual(['/ids INVALID_ID']);
    expect(await faultsOf({ ids: ids(5001) }, Long)).toEqual(['/ids TOO_MANY']);
    expect(await faultsOf({ ids: ids(5000) }, Long)).toEqual([]);
    expect(await faultsOf({ ids: [] }, Long)).toEqual(['/ids TOO_FEW']);
  });
});

describe('what is sent too often is counted, not read', () => {
  test('unknown fields and faults: one more than are listed', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, {}]));
    expect(await faultsOf({ title: 'a', ...unknown })).toHaveLength(MOST_FAULTS + 1);
    const read = await readInTurns(Whole, { title: 'a', parts: many(5000, {}) });
    expect(read.ok ? [] : read.reason.map(({ code }) => code)).toEqual(['TOO_MANY', 'REQUIRED', 'REQUIRED', 'REQUIRED']);
  });

  test('a text that is far too long is not looked into', async () => {
    expect(await faultsOf({ title: 'a'.repeat(1_000_000) })).toEqual(['/title TOO_LONG']);
    expect(await faultsOf({ title: ' '.repeat(1_000_000) })).toEqual(['/title TOO_LONG']);
    expect(await faultsOf({ title: `a${' '.repeat(100)}` })).toEqual([]);
  });

  test('a list without a limit cannot be declared', () => {
    class Endless {
      @ApiProperty({ type: 'array', items: { type: 'string' } })
      list: string[];
    }
    expect(() => shapeOf(Endless)).toThrow('Endless.list is a list without a limit');
  });
});

describe('an answer of faults', () => {
  test('lists a hundred and says that there are more', () => {
    const faults = many(5000, { pointer: `/${'\u0001'.repeat(5000)}`, code: 'UNKNOWN_FIELD', message: '\u{1F600}'.repeat(5000) });
    for (const problem of [Problem.ofBody(faults as never), Problem.invalid(faults as never)]) {
      const document = problemDocument(problem, `/${'x'.repeat(16_000)}`, '0'.repeat(32));
      expect(document.moreErrors).toBe(true);
      expect(document.detail).toMatch(/there are more faults than the \d+ that are listed/);
      expect(Buffer.byteLength(JSON.stringify(document))).toBeLessThan(64 * 1024);
    }
    const short = many(101, { pointer: '/a', code: 'INVALID', message: 'no' });
    expect(problemDocument(Problem.invalid(short as never), '/', '').errors).toHaveLength(100);
  });

  test('says nothing of more where there is none', () => {
    const document = problemDocument(Problem.invalid([{ pointer: '/a', code: 'INVALID', message: 'no' }]), '/', '');
    expect(document).toMatchObject({ detail: '/a: no', errors: [{ pointer: '/a', code: 'INVALID', message: 'no' }] });
    expect(document).not.toHaveProperty('moreErrors');
  });
});
