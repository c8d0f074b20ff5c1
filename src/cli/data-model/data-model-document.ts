import type { Column, Reference, Table } from './read-data-model.js';

const HEAD = `# Data model

Generated from the database that the migrations make; a test holds it against them. To write it anew:
\`npm run --silent cli -- docs:data-model > docs/data-model.md\`.

Every table but \`councils\` and \`sign_in_failures\` has a \`council_id\`. It is part of nearly every key and of every reference, and row-level
security shows a transaction the rows of its own council only ([why](decisions/row-level-security.md)); the diagrams leave it out. An
\`ordinal\` is the order in which the database took rows in ([why](decisions/order.md)).

In the diagrams, PK is a table's key, FK a reference to another table, UK what no two rows share. A line leads from the rows that are named to
those that name them: \`|o\` where they may name none, \`o|\` where no two name the same. A box without columns is a table of another section.
`;

/** The order of the sections: from the ground up, as the modules stand on each other. */
const MODULES = [
  'platform',
  'councils',
  'identity',
  'inventory',
  'households',
  'needs',
  'requests',
  'allocation',
  'loans',
  'notices',
  'help',
  'integration',
];

/** The module that a table belongs to, and what it is for. @throws Error where its description does not begin with one */
function described({ name, about }: Table): { module: string; text: string } {
  const [, module = '', text = ''] = /^(\w+): (.+)$/.exec(about ?? '') ?? [];
  if (!MODULES.includes(module)) throw new Error(`${name} is described by no "module: text": ${about ?? 'nothing'}`);
  return { module, text };
}

/** The Markdown of docs/data-model.md. */
export function dataModelDocument(tables: readonly Table[]): string {
  const sections = MODULES.map((module) =>
    sectionOf(
      module,
      tables.filter((table) => described(table).module === module),
    ),
  );
  return [HEAD, ...sections].join('\n');
}

function sectionOf(module: string, tables: readonly Table[]): string {
  const boxes = tables.map((table) => `  ${table.name} {\n${table.columns.flatMap(attribute).join('\n')}\n  }`);
  const lines = tables.flatMap((table) => table.references.map((reference) => arrow(table, reference)));
  const diagram = ['```mermaid', 'erDiagram', ...boxes, ...lines, '```'].join('\n');
  return `## ${title(module)}\n\n${diagram}\n\n${tables.map(entry).join('\n')}\n`;
}

const title = (module: string): string => module.charAt(0).toUpperCase() + module.slice(1);

function attribute({ name, type, isNullable, isPrimary, isUnique, isReference }: Column): string[] {
  if (name === 'council_id' && !isPrimary) return [];
  const keys = [isPrimary && 'PK', isReference && 'FK', isUnique && 'UK'].filter((key) => key !== false);
  return [`    ${[type, name, keys.join(', '), isNullable ? '"or nothing"' : ''].filter((part) => part !== '').join(' ')}`];
}

function arrow({ name }: Table, { to, columns, isAlways, isOnce }: Reference): string {
  return `  ${to} ${isAlways ? '||' : '|o'}--${isOnce ? 'o|' : 'o{'} ${name} : "${columns.join(', ')}"`;
}

function entry(table: Table): string {
  const columns = table.columns.flatMap(({ name, about }) => (about === null ? [] : [`  - \`${name}\`: ${about}`]));
  return [`- **${table.name}**: ${described(table).text}`, ...columns].join('\n');
}
