import { expect, test } from '@jest/globals';
import { lookupKey } from '../../src/shared/key-text.js';
import { foldForSearch } from '../../src/shared/plain-text.js';
import { onServer, testDatabaseUrl } from '../support/test-database.js';

/** Every character that Unicode has, but for Chinese characters and Korean syllables, which are thousands of the same kind: of those some. */
function* characters(): Generator<string> {
  for (let code = 1; code <= 0x10ffff; code += 1) {
    const isMass = (code >= 0x3400 && code < 0xa000) || (code >= 0xac00 && code < 0xd7a4) || code >= 0x17000;
    if (code >= 0xd800 && code < 0xe000) continue;
    if (isMass && code % 97 !== 0 && !(code >= 0x1d400 && code < 0x1fbff) && !(code >= 0xe0000 && code < 0xe0200)) continue;
    const character = String.fromCodePoint(code);
    if (!/\p{Cn}|\p{Co}/u.test(character)) yield character;
  }
}

test('the database folds every character as the program does, alone and among others', async () => {
  const texts = [...characters()].flatMap((character) => [character, `A${character}\u0301b ${character}`]);
  expect(texts.length).toBeGreaterThan(60_000);
  const asked = 'SELECT given, folded_text(given) AS folded, normalize(given, NFKD) AS split FROM unnest($1::text[]) AS t (given)';
  const rows = await onServer(
    await testDatabaseUrl(),
    async (client) => (await client.query<{ given: string; folded: string; split: string }>(asked, [texts])).rows,
  );
  // Node and PostgreSQL may know different editions of Unicode: what one of them can split and the other has never heard of.
  const known = rows.filter(({ given, split }) => given.normalize('NFKD') === split);
  expect(rows.length - known.length).toBeLessThan(300);
  expect(known.filter(({ given, folded }) => folded !== foldForSearch(given))).toEqual([]);
});

test('words as people write them', async () => {
  const words = [
    'Jean‑Pierre  O’Brien',
    'ŁUKASZ Đorđe',
    '="LT-1"',
    'İpek IŞIK',
    'Ｆｕｌｌ　ｗｉｄｔｈ',
    'ﬁlière',
    '\u200B x\u00A0y ',
    'GROẞ',
    '',
    '٠١',
    'a\tb\nc',
  ];
  const folded = await onServer(await testDatabaseUrl(), async (client) =>
    (await client.query<{ folded: string }>('SELECT folded_text(given) AS folded FROM unnest($1::text[]) AS t (given)', [words])).rows.map(
      (row) => row.folded,
    ),
  );
  expect(folded).toEqual(words.map(foldForSearch));
});

test('the key of a tag or number is what the program looks for it by, without the marks of spreadsheets', async () => {
  const tags = ['Twin‑1', 'TWIN-1', '="00123"', "'00123", '’s"1', '="S""1"', '="', '=""', 'N/A', 'Éa 1', "''x", '= "7"'];
  const rows = await onServer(
    await testDatabaseUrl(),
    async (client) =>
      (await client.query<{ key: string }>('SELECT key_text(given) AS key FROM unnest($1::text[]) AS t (given)', [tags])).rows,
  );
  expect(rows.map(({ key }) => key)).toEqual(tags.map(lookupKey));
});
