import { expect, test } from '@jest/globals';
import { listedStatements } from '../support/statement-list.js';
import { keepTypes, keptTypes, typesOf } from '../support/statement-types.js';
import { testDatabaseUrl } from '../support/test-database.js';

test('every listed statement takes and gives what bench/statement-types.json says (npm run statements -- --types)', async () => {
  const types = await typesOf(await testDatabaseUrl(), listedStatements());
  keepTypes(types);
  const tellsColumns = types.some(({ gives }) => gives !== null);
  expect(types).toEqual(keptTypes().map((kept) => (tellsColumns ? kept : { ...kept, gives: null })));
});
