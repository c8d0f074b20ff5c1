import type { ImportColumn } from './import-columns.js';
import type { ImportKind } from './import-kind.js';
import { IMPORT_KIND_NAMES, type ImportKindName, importKindOf } from './import-kinds.js';

const code = (text: string) => `\`${text}\``;
const codes = (texts: readonly string[]) => texts.map(code).join(', ');
const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (titles: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(...titles), row(...titles.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const KINDS = new Intl.ListFormat('en', { type: 'disjunction' }).format(IMPORT_KIND_NAMES.map(code));

const HEAD = `# Imports

Generated from the kinds of imports in the code; a test holds it against them. To write it anew:
\`npm run --silent cli -- docs:imports > docs/imports.md\`.

\`POST /api/v1/imports\` takes a form with \`file\`, \`kind\` (${KINDS}) and \`mode\` (\`preview\` or \`apply\`), 64 MiB at most, and
answers 202 at once; \`GET /api/v1/imports/{id}\` tells how far it is. A preview changes nothing and tells what \`apply\` would do. Rows stand or
fall alone, and the same file a second time changes nothing.

Files are CSV in UTF-8, with or without a byte order mark. The separator (\`;\`, \`,\`, \`|\` or tab) is found out, or taken from a first line such as
\`sep=;\`. Lines end as they like, by a carriage return alone too; a cell in quotation marks may hold line ends. The header is among the first 20
rows: what stands above it (a \`sep=\` line, a title, a date) is passed over, and \`notes\` of the import names each such line. UTF-16,
Windows-1252 and workbooks are refused with the words that tell how to save the file.

Headers are compared without case, accents, spaces and signs. For others send \`mapping\`, such as \`{"Fiche": "Asset Tag"}\`. A documented name
goes before what else a column may be called; two headers of one rank for one column are refused. Headers that nothing is done with are
named in \`unusedHeaders\`.

## What a cell says

- **Nothing** is said by an empty cell, by signs alone (\`-\`, \`—\`, \`?\`), and by words for it in the languages that families and suppliers
  write: \`n/a\`, \`null\`, \`none\`, \`néant\`, \`aucun\`, \`sans\`, \`nc\`, \`keine\`, \`ninguno\`, \`nenhum\`, \`niciunul\`, \`yok\`, \`немає\`, \`لا يوجد\` and their like.
  What a row does not say stays as it is.
- **A spreadsheet's marks** are no part of a cell: \`="00123"\` and \`'00123\` are \`00123\`.
- **Tags, serial numbers and codes** are kept as written, without invisible characters, and are the same whatever their case, dashes,
  apostrophes, blanks and full-width forms: \`lt–0001\` is \`LT-0001\`. Control characters inside are a fault. So is a long number that a
  spreadsheet has shortened (\`1.23E+15\`, \`3,51E+14\`): format the column as text, enter the whole number again, and send the file once more.
- **Days** are \`2026-09-01\`, or day and month with numbers. Whether the day or the month comes first is settled once for all days of a file: by
  those that can be read in one way only, else by the custom of the council's language. Two digits of a year never lie in the
  future: in 2026, \`12/05/68\` is 1968.
- **Amounts** are \`1234.50\`, \`1 234,50 €\` or \`1,234.50\`; what could be thousands as well as cents (\`1,234\`) is a fault.
- **E-mail addresses** are judged as everywhere in the program.
`;

const FAULTS_AND_NOTES = `## Faults and notes

\`GET /api/v1/imports/{id}/rows?outcome=failed\` says line, column, value and what is expected. \`GET /api/v1/imports/{id}/errors.csv\` has the
failed rows with a column of reasons; corrected, it can be sent as it is. It opens safely in a spreadsheet: what would count as a formula
is quoted. An import whose state is \`failed\` could not be read at all, and \`problem\` says why.

A row that stands says in \`notes\` what it asked for and the import did not do, or did otherwise; \`noted\` counts such rows, and
\`…/rows?noted=true\` lists them, whatever their outcome:
`;

const FOOT = `100,000 rows take some 40 seconds and under 200 MiB: \`npm run bench -- import\`.
`;

/** The Markdown of docs/imports.md, made from the kinds that the code uses. */
export function importsDocument(): string {
  const notes = IMPORT_KIND_NAMES.flatMap((name) =>
    Object.entries(importKindOf(name).notes).map(([note, done]) => [code(name), code(note), done]),
  );
  return [
    HEAD,
    ...IMPORT_KIND_NAMES.map((name) => section(name, importKindOf(name))),
    FAULTS_AND_NOTES,
    `${table(['kind', 'code', 'what was done'], notes)}\n`,
    FOOT,
  ].join('\n');
}

function section(name: ImportKindName, { columns, document }: ImportKind): string {
  const { title, intro, rules, sampleNeeds, sample } = document;
  return [
    `## ${title}`,
    intro,
    table(['header', 'also', 'what it is'], Object.values(columns).map(cellsOf)),
    rules,
    sampleNeeds === null ? 'This file passes:' : `This file passes where there are ${sampleNeeds}:`,
    `<!-- sample: ${name} -->`,
    `\`\`\`csv\n${sample}\n\`\`\`\n`,
  ].join('\n\n');
}

function cellsOf({ name, also, elsewhere = [], about }: ImportColumn): string[] {
  return [codes([name, ...also]), codes(elsewhere), about];
}
