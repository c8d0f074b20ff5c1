import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Methods that send a statement inside a transaction, and those that open one of their own for it. */
const OF_TX = new Set(['query', 'one', 'row', 'execute']);
const OF_TRANSACTIONS = new Set(['tenantRead', 'platformCall']);

/**
 * Where a source text sends statements: `line:column` of each method's name, as a stack says it. A transaction is handed on as an argument
 * and never kept in a field, so that it is what has a plain name.
 */
export function callSites(text: string): string[] {
  const source = ts.createSourceFile('source.tsx', text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name, expression: receiver } = node.expression;
      const isOfTx = OF_TX.has(name.text) && ts.isIdentifier(receiver);
      const isOfManager = ts.isPropertyAccessExpression(receiver) && receiver.name.text === 'manager';
      if (isOfTx || isOfManager || OF_TRANSACTIONS.has(name.text)) {
        const { line, character } = source.getLineAndCharacterOfPosition(name.getStart(source));
        found.push(`${line + 1}:${character + 1}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What runs before there is a transaction, or is one: starting the server, migrations and their picture, the doors themselves. */
const NOT_OURS =
  /[.]spec[.]tsx?$|^src[/](migrations|cli[/]data-model)[/]|^src[/]platform[/]database[/](embedded|migrate|transactions|tx[.])/;

/** Every place of the application that sends a statement. */
export function allCallSites(): string[] {
  return readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => /[.]tsx?$/.test(file) && !NOT_OURS.test(file))
    .flatMap((file) => callSites(readFileSync(`${ROOT}${file}`, 'utf8')).map((place) => `${file}:${place}`))
    .sort();
}
