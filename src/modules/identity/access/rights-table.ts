import { ROLES } from '../../councils/index.js';
import type { Access } from './access-registry.js';

const HEAD = `# Who may call what

Generated from the declarations in the code; a test holds it against them. To write it anew:
\`npm run --silent cli -- docs:rights > docs/rights.md\`. People reach only what lies in their council, and in their school or site where
they have one; a family reaches its own household.
`;

const YES = '●';

/** A table of roles and operations, as Markdown. */
export function rightsTable(access: readonly Access[]): string {
  const titles = ['Operation', 'API client needs', ...ROLES.map((role) => role.replaceAll('_', ' '))];
  const lines = [...access].sort(byPath).map(({ method, path, rights, but }) => {
    if (but !== null) return [operation(method, path), `nothing: open ${but}`, ...ROLES.map(() => '')];
    if (rights === 'public') return [operation(method, path), 'nothing: open to everybody', ...ROLES.map(() => YES)];
    return [operation(method, path), client(rights.scope), ...ROLES.map((role) => (rights.roles.includes(role) ? YES : ''))];
  });
  return [HEAD, row(titles), row(titles.map((_, index) => (index < 2 ? '---' : ':-:'))), ...lines.map(row), ''].join('\n');
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const operation = (method: string, path: string) => `\`${method} ${path}\``;

function client(scope: string | null): string {
  if (scope === null) return '(people only)';
  return scope === 'any' ? 'any token' : `\`${scope}\``;
}

function byPath(one: Access, other: Access): number {
  const [left, right] = [one, other].map(({ path, method }) => `${path} ${method}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
