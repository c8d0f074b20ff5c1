import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { IMPORT_KIND_NAMES, importKindOf } from './import-kinds.js';
import { headerKey } from './header.rules.js';

const FILES = readdirSync(new URL('kinds/', import.meta.url)).filter((file) => !file.endsWith('.spec.ts'));

test('every file of domain/kinds is a kind of the table in domain/import-kinds.ts', () => {
  expect(FILES.sort()).toEqual(IMPORT_KIND_NAMES.map((name) => `${name}.ts`).sort());
});

describe.each(IMPORT_KIND_NAMES)('domain/kinds/%s.ts', (name) => {
  const { columns, document } = importKindOf(name);

  test('has a column without which a file is another kind’s', () => {
    expect(Object.values(columns).filter(({ key }) => key === true)).not.toEqual([]);
  });

  test('has no two columns of one name', () => {
    const names = Object.values(columns).flatMap(({ name: documented, also, elsewhere = [] }) =>
      [documented, ...also, ...elsewhere].map(headerKey),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test('says what each column is, and how a file of it looks', () => {
    const said = [...Object.values(columns).map(({ about }) => about), ...Object.values(document).filter((text) => text !== null)];
    expect(said.filter((text) => text.trim() === '' || text.endsWith('\n'))).toEqual([]);
  });

  test('breaks no table of docs/imports.md', () => {
    const cells = [...Object.values(columns).map(({ about }) => about), ...Object.values(importKindOf(name).notes)];
    expect(cells.filter((text) => /[|\n]/.test(text))).toEqual([]);
  });
});
