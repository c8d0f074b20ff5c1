import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Methods that send a statement in a transaction, and those that open a transaction for it. */
const OF_TX = new Set(['query', 'one', 'row', 'execute']);
const OF_TRANSACTIONS = new Set(['tenantRead', 'platformCall']);

/**
 * The places at which a source text sends statements: `line:column` of each method's name, as in a stack. A transaction is always an
 * argument and never a field, so it is a plain name here.
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

/**
 * Code that runs before there is a transaction, or that implements transactions: starting the server, migrations and their picture, what the
 * owner of the tables has PostgreSQL look at, and the methods themselves.
 */
const NOT_OURS =
  /[.]spec[.]tsx?$|^src[/](migrations|cli[/]data-model)[/]|^src[/]platform[/]database[/](analyse|embedded|migrate|transactions|tx[.])/;

/** Every place in the application that sends a statement. */
export function allCallSites(): string[] {
  return readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => /[.]tsx?$/.test(file) && !NOT_OURS.test(file))
    .flatMap((file) => callSites(readFileSync(`${ROOT}${file}`, 'utf8')).map((place) => `${file}:${place}`))
    .sort();
}
