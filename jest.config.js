/**
 * Two projects: `unit` (beside the code, pure, no server) and `integration` (test/, with the Postgres that global-setup starts).
 * Start it with `npm test`, which builds what tests start, and gives Node the flag for ES modules. `npm test -- src/shared` runs a part, and then only what that part needs.
 */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  // 'js' first: what is published as .js is taken as it is; our own files exist as .ts only.
  moduleFileExtensions: ['js', 'ts', 'tsx', 'mjs', 'cjs', 'json', 'node'],
  moduleNameMapper: { '^([.]{1,2}/.*(?<![.]json))[.]js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/built/', '<rootDir>/[.]data/'],
  transform: {
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
  },
};

export default {
  maxWorkers: 2,
  // What a file of tests loads as ES modules is never let go of: a worker that has grown is replaced by a new one.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/test/built/reporter.js'],
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.{ts,tsx}'] },
    {
      ...common,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/built/global-setup.js',
      globalTeardown: '<rootDir>/test/built/global-teardown.js',
      setupFilesAfterEnv: ['<rootDir>/test/support/statement-recorder.ts'],
    },
  ],
};
