import type { DemoSignIns } from './seed/seed.js';

interface Start {
  readonly baseUrl: string;
  readonly showMessages: boolean;
  /** The sign-ins of the demonstration council, and the file that they are written to. */
  readonly demo: { readonly file: string; readonly signIns: DemoSignIns } | null;
}

/** The last words of a start: where to go, and with which sign-in. */
export function welcome({ baseUrl, showMessages, demo }: Start): string {
  const messages = showMessages ? [['Messages', `${baseUrl}/messages (e-mails and SMS do not leave; they are shown there)`]] : [];
  const lines = [
    `Passerelle is ready at ${baseUrl}`,
    ...columns([['API', `${baseUrl}/api/v1`], ['Its document', `${baseUrl}/docs`], ...messages]),
    ...(demo ? [`Sign-ins of the demonstration council (in ${demo.file}):`, ...columns(rowsOf(demo.signIns))] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function rowsOf({ client, users, families }: DemoSignIns): string[][] {
  return [
    ...users.map(({ role, email, password }) => [role.replaceAll('_', ' '), email, password]),
    ...families.map(({ reference, code }) => ['family', reference, code]),
    ['API client', client.id, client.secret],
  ];
}

/** Each column as wide as its widest cell. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(width(column))).join('  ')}`.trimEnd());
}
