import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What decisions and pure helpers may not know: frameworks, databases, queues, the network. */
const FRAMEWORKS = [
  '@nestjs/*',
  '@fastify/*',
  'fastify',
  'typeorm',
  'pg',
  'pg-*',
  'bull',
  'ioredis',
  'nodemailer',
  'class-validator',
  'class-transformer',
  'pino',
  'rxjs',
  'rxjs/*',
  'reflect-metadata',
];
const INPUT_AND_OUTPUT = [
  'fs',
  'fs/*',
  'http',
  'http2',
  'https',
  'net',
  'tls',
  'dns',
  'dgram',
  'child_process',
  'worker_threads',
  'timers',
  'timers/*',
];

const USE_CLOCK = 'The present comes from Clock (src/platform/clock), or as an argument.';
const USE_SETTINGS = 'The environment is read in src/platform/config only; ask Settings.';

const USE_CALLER =
  'What a caller asks for is written in their name: transactions.write(actor, …). Else a repetition after a crash does it twice (docs/decisions/idempotency.md).';

const noEnvironment = {
  'no-restricted-properties': ['error', { object: 'process', property: 'env', message: USE_SETTINGS }],
};
const environmentImports = ['node:process', 'process'].map((name) => ({ name, importNames: ['env'], message: USE_SETTINGS }));

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'dist/',
      'test/built/',
      'coverage/',
      '.data/',
      'bench/results/',
      'docs/generated/',
      'test/data/',
      'demo/data/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: { console: 'readonly', fetch: 'readonly', process: 'readonly', setTimeout: 'readonly', URL: 'readonly' },
    },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', require: 'readonly' } } },

  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Nest: a module is a class with a decorator and nothing in it.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Numbers and booleans read well in messages; what has no text of its own stays forbidden.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true, allowNullish: true }],
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      // A view is plain data whose class is its documentation: a literal stands for it, and a spread loses nothing.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // `View.of` is a function that happens to live on its class.
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      // `onClick={() => setX(1)}`: an arrow that only calls says nothing wrong.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      // SQL rows, fields of requests: `row.x!` hides what a check should say.
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      // One overload a call reads better in a repository than a union; `T | undefined` parameters stay allowed.
      '@typescript-eslint/unified-signatures': 'off',
      // Facts and rows are checked where they come in (database, JSON); a type parameter used once documents the answer there.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },

  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.{ts,tsx}'],
    rules: {
      ...noEnvironment,
      'no-restricted-imports': ['error', { paths: environmentImports }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: USE_CLOCK },
        { selector: "CallExpression[callee.name='Date']", message: USE_CLOCK },
        { selector: "MemberExpression[object.name='Date'][property.name='now']", message: USE_CLOCK },
        {
          selector: "CallExpression[callee.object.name='DateTime'][callee.property.name=/^(now|local|utc)$/][arguments.length=0]",
          message: USE_CLOCK,
        },
        {
          selector:
            "CallExpression[callee.object.property.name='transactions'][callee.property.name='write'] > MemberExpression[object.name='actor']",
          message: USE_CALLER,
        },
      ],
    },
  },
  { files: ['src/platform/clock/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['src/platform/config/**/*.ts'], rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' } },
  { files: ['src/cli.ts', 'src/cli/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['src/shared/**/*.ts', 'src/**/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: environmentImports,
          patterns: [
            { group: FRAMEWORKS, message: 'domain/ and src/shared are pure: no framework, no database, no queue.' },
            {
              group: INPUT_AND_OUTPUT.flatMap((name) => [name, `node:${name}`]),
              message: 'domain/ and src/shared are pure: no input, no output.',
            },
          ],
        },
      ],
    },
  },

  // Tests, demonstration and benchmarks: the environment is theirs only in test/support and bench/support.
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      // `expect(service.method)` and builders' spreads.
      '@typescript-eslint/unbound-method': 'off',
      // What a test reads from JSON is what it is about to check.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['src/**/*.spec.ts', 'test/**/*.ts', 'demo/**/*.ts', 'bench/**/*.ts'],
    ignores: ['test/support/**'],
    rules: {
      ...noEnvironment,
      'no-restricted-imports': ['error', { paths: environmentImports }],
    },
  },
);
