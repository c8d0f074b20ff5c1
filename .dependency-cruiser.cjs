/**
 * The arrows of docs/architecture: what may import what. One list says the order, the rules are made from it.
 * @type {import('dependency-cruiser').IConfiguration}
 */

/** Each may import those after it, never those before it. Those of one row know nothing of each other. */
const ORDER = [
  ['help', 'integration', 'reporting'],
  ['notices'],
  ['loans'],
  ['allocation'],
  ['requests'],
  ['needs'],
  ['households'],
  ['inventory'],
  ['identity'],
  ['councils'],
];
const MODULES = ORDER.flat();

const SPEC = '[.]spec[.]tsx?$';
const DOMAIN = '^src/modules/([^/]+)/domain/';
const PURE = ['^src/modules/[^/]+/domain/', '^src/shared/'];
/** What a module shows to others. */
const DOORS = '^src/modules/[^/]+/(index|http)[.]ts$';
const NEST_MODULE = '^src/modules/[^/]+/[^/]+[.]module[.]ts$';
/** The few files that know every module. */
const TOP = '^src/(main|cli|boot|application|app[.]module|schema)[.]ts$|^src/(cli|document|seed)/';
const FRAMEWORKS =
  'node_modules/(@types/)?(@nestjs|@fastify|fastify|typeorm|pg|pg-[^/]+|bull|ioredis|nodemailer|class-validator|class-transformer|pino|rxjs|reflect-metadata)/';

const wrongArrows = ORDER.flatMap((row, rank) =>
  row.map((name) => {
    const above = [...ORDER.slice(0, rank).flat(), ...row.filter((other) => other !== name)];
    return {
      name: `${name}-imports-only-what-is-below`,
      severity: 'error',
      comment: `${name} stands below these modules: write an event to the outbox instead.`,
      from: { path: `^src/modules/${name}/` },
      to: { path: ['^src/web/', ...(above.length > 0 ? [`^src/modules/(${above.join('|')})/`] : [])] },
    };
  }),
);

module.exports = {
  forbidden: [
    ...wrongArrows,
    {
      name: 'modules-are-in-the-order',
      severity: 'error',
      comment: 'A new module needs its place in ORDER (.dependency-cruiser.cjs).',
      from: {},
      to: { path: '^src/modules/', pathNot: `^src/modules/(${MODULES.join('|')})/` },
    },
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'Two files that need each other are one file, or hide a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'module-through-its-doors',
      severity: 'error',
      comment:
        'Another module is reached through its index.ts, and by controllers and their bodies through its http.ts. Nest modules import each other.',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/[^/]+/', pathNot: ['^src/modules/$1/', DOORS, NEST_MODULE] },
    },
    {
      name: 'modules-through-their-doors-from-outside',
      severity: 'error',
      comment: 'A module is reached through its index.ts, or through its http.ts.',
      from: { path: '^src/', pathNot: ['^src/modules/', '^src/cli/'] },
      to: { path: '^src/modules/[^/]+/', pathNot: [DOORS, NEST_MODULE] },
    },
    {
      name: 'only-nest-modules-import-nest-modules',
      severity: 'error',
      comment: 'A Nest module brings every controller of its module with it, and with them the whole of HTTP.',
      from: { path: '^src/', pathNot: '[.]module[.]ts$' },
      to: { path: NEST_MODULE },
    },
    {
      name: 'doors-lead-to-no-http',
      severity: 'error',
      comment:
        'What is about HTTP belongs behind http.ts: a command that needs a service would load Fastify, swagger and validators with it.',
      from: { path: '^src/(platform|modules/[^/]+)/index[.]ts$' },
      to: { path: '^src/platform/http/index[.]ts$', reachable: true },
    },
    {
      name: 'commands-reach-a-module-through-its-doors-or-its-pure-part',
      severity: 'error',
      comment: 'A command that runs a pure engine on a file loads that engine, and not the application with it.',
      from: { path: '^src/cli/' },
      to: { path: '^src/modules/[^/]+/', pathNot: [DOORS, '^src/modules/[^/]+/domain/'] },
    },
    {
      name: 'platform-through-its-index',
      severity: 'error',
      comment: 'The platform is reached through src/platform/index.ts or the index.ts of one of its rooms.',
      from: { path: '^src/(modules|web)/', pathNot: SPEC },
      to: { path: '^src/platform/', pathNot: ['^src/platform/index[.]ts$', '^src/platform/[^/]+/index[.]ts$'] },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      comment: 'What every module stands on has no word of lending.',
      from: { path: '^src/platform/' },
      to: { path: '^src/(modules|web)/' },
    },
    {
      name: 'shared-knows-only-itself',
      severity: 'error',
      comment: 'shared is pure helpers.',
      from: { path: '^src/shared/' },
      to: { path: '^src/', pathNot: '^src/shared/' },
    },
    {
      name: 'nothing-imports-web',
      severity: 'error',
      comment: 'Pages ask the modules, never the other way.',
      from: { path: '^src/', pathNot: ['^src/web/', TOP] },
      to: { path: '^src/web/' },
    },
    {
      name: 'nothing-imports-the-top',
      severity: 'error',
      comment: 'main, cli, boot, application, app.module, schema, document and seed know everybody; nobody below knows them.',
      from: { path: '^src/(shared|platform|modules|web)/' },
      to: { path: TOP },
    },
    {
      name: 'app-module-is-for-programs',
      severity: 'error',
      comment:
        'Only the programs (main, cli, and application, which both start with), tests, demonstration and benchmarks put the whole application together.',
      from: { pathNot: ['^src/(main|cli|application)[.]ts$', '^src/cli/', '^(test|demo|bench)/'] },
      to: { path: '^src/app[.]module[.]ts$' },
    },
    {
      name: 'domain-knows-its-own-domain-and-shared',
      severity: 'error',
      comment: 'Decisions are pure: of this module only domain/, of the rest only shared/ (other modules: types only, see below).',
      from: { path: DOMAIN, pathNot: SPEC },
      to: { path: '^src/', pathNot: ['^src/modules/$1/domain/', '^src/shared/', '^src/modules/[^/]+/index[.]ts$'] },
    },
    {
      name: 'domain-takes-only-types-of-other-modules',
      severity: 'error',
      comment: 'Decisions may name the types of another module (import type from its index.ts), not use its code.',
      from: { path: DOMAIN, pathNot: SPEC },
      to: { path: '^src/modules/[^/]+/index[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-without-framework',
      severity: 'error',
      comment: 'domain/ and shared/ know no framework, no database and no queue, not even their types.',
      from: { path: PURE, pathNot: SPEC },
      to: { path: FRAMEWORKS },
    },
    {
      name: 'pure-without-input-and-output',
      severity: 'error',
      comment: 'domain/ and shared/ do no input and no output.',
      from: { path: PURE, pathNot: SPEC },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|assert|util)$' },
    },
    {
      name: 'src-without-tests',
      severity: 'error',
      comment: 'The program does not know its tests, demonstration, benchmarks and tools. (A spec may use the builders of test/support.)',
      from: { path: '^src/', pathNot: SPEC },
      to: { path: '^(test|demo|bench|scripts)/' },
    },
    {
      name: 'specs-take-only-test-support',
      severity: 'error',
      comment: 'A spec in src may use test/support, nothing else of the tests and tools.',
      from: { path: `^src/.*${SPEC}` },
      to: { path: '^(test|demo|bench|scripts)/', pathNot: '^test/support/' },
    },
    {
      name: 'nothing-imports-a-spec',
      severity: 'error',
      comment: 'What two tests share is a builder in test/support.',
      from: {},
      to: { path: SPEC },
    },
    {
      name: 'src-without-development-dependencies',
      severity: 'error',
      comment: 'Production does not have them.',
      from: { path: '^src/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    },
    {
      name: 'dependencies-are-declared',
      severity: 'error',
      comment: 'What is imported stands in package.json.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'imports-resolve',
      severity: 'error',
      comment: 'This import leads nowhere.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|test/built|coverage|[.]data)/' },
    // Types count: a wrong arrow is one in thought before it is one at run time.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports say `.js` where the file is `.ts`; the resolver knows by the tsconfig.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts', '.json'],
    },
  },
};
