import { expect, test } from '@jest/globals';
import { isWorded, OF_PROGRAMS } from '../../src/web/parts/problems/problem-words.js';
import { theDocument } from '../support/document.js';

interface DocumentedOperation {
  readonly 'x-rights'?: { readonly roles: readonly string[] };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly examples?: object }>> }>>;
}

test('every problem that an operation of families may give has words for families', async () => {
  const { paths } = await theDocument();
  const operations = Object.values(paths).flatMap((path) => Object.values(path) as DocumentedOperation[]);
  const ofFamilies = operations.filter((operation) => operation['x-rights']?.roles.includes('family'));
  const codes = ofFamilies.flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ content }) => Object.keys(content?.['application/problem+json']?.examples ?? {})),
  );
  expect(new Set(codes).size).toBeGreaterThan(30);
  expect([...new Set(codes)].filter((code) => !isWorded(code) && !OF_PROGRAMS.includes(code))).toEqual([]);
});
