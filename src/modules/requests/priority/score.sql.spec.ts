import { expect, test } from '@jest/globals';
import { storedPriorityFacts } from '../domain/score.rules.js';
import { factsOf } from './score.sql.js';

test.each(Object.keys(storedPriorityFacts({})))('factsOf of score.sql.ts has a column for the fact %s', (fact) => {
  expect(factsOf('lines', '$1')).toMatch(new RegExp(`(AS "?|pupils[.])${fact}"?[,\\s]`));
});
