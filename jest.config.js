import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * Three projects: `unit` (beside the code, pure, no server), `integration` (test/, with the Postgres that global-setup starts), and of the
 * latter those that share no modules.
 * Start it with `npm test`, which builds what tests start, and gives Node the flag for ES modules. `npm test -- src/shared` runs a part, and then only what that part needs.
 */

const support = new URL('test/support/', import.meta.url);
/** Modules of test/support that set hooks or expect something: each test file has its own. */
const USES_JEST = readdirSync(support).filter((file) =>
  /from '@(?:jest\/globals|fast-check\/jest)'/.test(readFileSync(new URL(file, support), 'utf8')),
);

/** These start programs of other parts than the whole one, so they have modules of their own: see docs/decisions/tests.md. */
const WITH_OWN_MODULES = '/test/integration/(?:audit-chain|outbox|outbox-faults)[.]spec[.]ts$';

const compiled = {
  '^.+[.]tsx?$': [
    '@swc/jest',
    {
      // As in .swcrc, which leaves specs out of the build and so cannot serve here.
      swcrc: false,
      sourceMaps: 'inline',
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true, tsx: true },
        transform: {
          legacyDecorator: true,
          decoratorMetadata: true,
          useDefineForClassFields: false,
          react: { runtime: 'automatic', importSource: 'preact' },
        },
        keepClassNames: true,
      },
    },
  ],
};

/**
 * As many as there are cores, within bounds: tests wait for servers now and then, so there are two even on one core; more than three could ask
 * for more connections than the server of the tests has, since one file opens more than seventy.
 */
const WORKERS = Math.min(3, Math.max(2, availableParallelism()));

const common = {
  // What a test is given belongs to the whole worker: nothing of it is taken apart at the end of a file. A worker knows one way only.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  // 'js' first: what is published as .js is taken as it is; our own files exist as .ts only.
  moduleFileExtensions: ['js', 'ts', 'tsx', 'mjs', 'cjs', 'json', 'node'],
  moduleNameMapper: { '^([.]{1,2}/.*(?<![.]json))[.]js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/built/', '<rootDir>/[.]data/'],
};

/** All but the tests themselves, and what uses Jest, is loaded once for all files of a worker. */
const sharing = {
  testEnvironment: '<rootDir>/test/jest/environment.mjs',
  transformIgnorePatterns: ['/node_modules/(?:@fast-check/jest|@jest|jest)'],
  transform: {
    [`/(?:src/.*(?<![.]spec)[.]tsx?|test/support/(?!(?:${USES_JEST.join('|')})$)[^/]+|node_modules/.+)$`]:
      '<rootDir>/test/jest/built-modules.transform.mjs',
    ...compiled,
  },
};

const integration = {
  globalSetup: '<rootDir>/test/built/global-setup.js',
  globalTeardown: '<rootDir>/test/built/global-teardown.js',
  setupFilesAfterEnv: ['<rootDir>/test/support/statement-recording.ts'],
};

export default {
  maxWorkers: WORKERS,
  // What a file of tests loads as ES modules is never let go of: a worker that has grown is replaced by a new one.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/test/built/reporter.js'],
  projects: [
    { ...common, ...sharing, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.{ts,tsx}'] },
    {
      ...common,
      ...sharing,
      ...integration,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', WITH_OWN_MODULES],
    },
    { ...common, ...integration, displayName: 'parts', testRegex: WITH_OWN_MODULES, testEnvironment: 'node', transform: compiled },
  ],
};
