import { beforeAll, expect, test } from '@jest/globals';
import openapiTypes, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { theDocument } from '../support/document.js';

/** What somebody writes against the types that openapi-typescript makes of the document. */
const client = (body: string, member: string) => `
import type { components, paths } from './passerelle.js';

declare const fetch: (address: string, options: object) => Promise<{ readonly ok: boolean; json(): Promise<unknown> }>;

type Registered = paths['/api/v1/households']['post'];
type HouseholdBody = Registered['requestBody']['content']['application/json'];
type Problem = Registered['responses']['422']['content']['application/problem+json'];

export async function register(token: string): Promise<string> {
  const household: HouseholdBody = ${body};
  const answer = await fetch('/api/v1/households', {
    method: 'POST',
    headers: { authorization: \`Bearer \${token}\`, 'content-type': 'application/json' },
    body: JSON.stringify(household),
  });
  if (!answer.ok) throw new Error(((await answer.json()) as Problem).code);
  const made = (await answer.json()) as Registered['responses']['201']['content']['application/json'];
  return made.${member};
}

type Loan = components['schemas']['LoanView'];
type Page = paths['/api/v1/loans']['get']['responses']['200']['content']['application/json'];
export const overdue = ({ data }: Page): readonly Loan[] => data.filter((loan) => loan.overdue);
`;

const RIGHT = "{ contacts: [{ name: 'Nadia B.', relationship: 'parent' }], homeAlone: null }";

const WRONG = {
  'a relationship that there is not': {
    source: client("{ contacts: [{ name: 'Nadia B.', relationship: 'aunt' }] }", 'reference'),
    fault: /"aunt"/,
  },
  'a body without what must be there': { source: client('{ homeAlone: true }', 'reference'), fault: /'contacts' is missing/ },
  'a member that no answer has': { source: client(RIGHT, 'refernce'), fault: /'refernce' does not exist/ },
};

let faults: ReadonlyMap<string, readonly string[]>;
beforeAll(async () => {
  const types = astToString(await openapiTypes(JSON.stringify(await theDocument())));
  const wrong = Object.entries(WRONG).map(([name, { source }]) => [`${name}.ts`, source] as const);
  faults = faultsOf(new Map([['passerelle.d.ts', types], ['right.ts', client(RIGHT, 'reference')], ...wrong]));
});

test('a client that uses the document’s types compiles, and so do the types', () => {
  expect([faults.get('right.ts'), faults.get('passerelle.d.ts')]).toEqual([[], []]);
});

test.each(Object.entries(WRONG))('%s does not', (name, { fault }) => {
  expect(faults.get(`${name}.ts`)).toEqual([expect.stringMatching(fault)]);
});

/** What the compiler says of each file. */
function faultsOf(sources: ReadonlyMap<string, string>): Map<string, string[]> {
  const FOLDER = '/client/';
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts'],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  const written = (name: string) => (name.startsWith(FOLDER) ? sources.get(name.slice(FOLDER.length)) : undefined);
  host.directoryExists = undefined;
  host.fileExists = (name) => written(name) !== undefined || fileExists(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = written(name);
    return text === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version);
  };
  const names = [...sources.keys()];
  const program = ts.createProgram({ rootNames: names.map((name) => FOLDER + name), options, host });
  return new Map(
    names.map((name) => {
      const found = ts.getPreEmitDiagnostics(program, program.getSourceFile(FOLDER + name));
      return [name, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))];
    }),
  );
}
