import type { Command } from './command.js';

/** The most jobs that one command lists. */
const MOST_LISTED = 1000;

/**
 * Everything that an operator can do from the command line. A command loads what it needs when it is called, so that help, and commands
 * that only read files, start without the application.
 */
export const commands: readonly Command[] = [
  {
    name: 'migrate',
    usage: '[--down all]',
    about: 'brings the database up to date, or takes every migration back and with it all data',
    run: async (words) => (await import('./commands/database.js')).migrateDatabase(words),
  },
  {
    name: 'council:create',
    usage: '--code C --name N [--timezone Europe/Paris] [--locale fr]',
    about: 'makes a council; prints {id, code}',
    run: async (words) => (await import('./commands/accounts.js')).createCouncil(words),
  },
  {
    name: 'client:create',
    usage: '--council C --name N --scopes "a:read b:write" (or "*")',
    about: 'makes an API client; prints {clientId, clientSecret}, the secret this once',
    run: async (words) => (await import('./commands/accounts.js')).createClient(words),
  },
  {
    name: 'user:create',
    usage:
      '--council C --name N --email E --role council_manager|school_administrator|desk_agent|auditor [--school ID] [--site ID] [--password P]',
    about: 'makes a staff account; without a password, invite the person over the API; prints {id, email, role}',
    run: async (words) => (await import('./commands/accounts.js')).createUser(words),
  },
  {
    name: 'audit:verify',
    usage: '[--heads FILE]',
    about: 'finds every audit event that was changed, removed or put in; FILE: an earlier report, to find what was cut off since',
    run: async (words) => (await import('./commands/verification.js')).verifyAudit(words),
  },
  {
    name: 'ledger:verify',
    usage: '[--repair]',
    about:
      'recomputes from the history who has what, and finds whatever disagrees; --repair: writes what follows from the history anew, each with an audit event, and tells what is left',
    run: async (words) => (await import('./commands/verification.js')).verifyLedger(words),
  },
  {
    name: 'jobs:dead',
    usage: '',
    about: `lists the jobs that were set aside, the first ${MOST_LISTED} of every council; prints {jobs, thereAreMore}`,
    run: async (words) => (await import('./commands/jobs.js')).listDeadJobs(words, MOST_LISTED),
  },
  {
    name: 'jobs:replay',
    usage: '--id ID | --kind KIND',
    about: 'has one job that was set aside, or all of a kind, tried again; prints {replayed}',
    run: async (words) => (await import('./commands/jobs.js')).replayJobs(words),
  },
  {
    name: 'notices:run',
    usage: '[--at INSTANT]',
    about:
      'does what is due now, or (not in production) at an instant to come, such as 2026-11-30T09:00:00+01:00; prints {due, sent, dropped, waiting, dead}',
    run: async (words) => (await import('./commands/notices.js')).runNotices(words),
  },
  {
    name: 'notices:bounced',
    usage: '< MAIL',
    about:
      'takes a mail that came back to MAIL_BOUNCES, as a mail server pipes it: a message that it gave up goes by the next channel; prints {outcome: recorded|known|ignored|unknown}',
    run: async (words) => (await import('./commands/notices.js')).takeBounce(words),
  },
  {
    name: 'needs:plan',
    usage: '--input FILE',
    about:
      'prints how a household in a JSON file can share what it has, and what stays out of reach; FILE: what GET /households/{id}/plan-input answers, or one like docs/examples/plan-input.json',
    run: async (words) => (await import('./commands/engines.js')).planNeeds(words),
  },
  {
    name: 'allocation:solve',
    usage: '--input FILE',
    about: 'prints who is served from which pool, and why others are not, for a round in a JSON file',
    run: async (words) => (await import('./commands/engines.js')).solveAllocation(words),
  },
  {
    name: 'lottery:check',
    usage: '--seed HEX --value TEXT --household ID',
    about: 'prints the SHA-256 of a published seed, the key of its cycle and the ticket of a household; needs no database',
    run: async (words) => (await import('./commands/lottery.js')).checkLottery(words),
  },
  {
    name: 'docs:rights',
    usage: '',
    about: 'prints who may call what, as docs/rights.md has it',
    run: async (words) => (await import('./commands/rights.js')).documentRights(words),
  },
  {
    name: 'docs:states',
    usage: '',
    about: 'prints the state machines, as docs/states.md has them',
    run: async (words) => (await import('./state-diagrams.js')).printStates(words),
  },
  {
    name: 'docs:imports',
    usage: '',
    about: 'prints what can be imported and how, as docs/imports.md has it',
    run: async (words) => (await import('./commands/imports.js')).documentImports(words),
  },
  {
    name: 'docs:openapi',
    usage: '',
    about: 'prints the OpenAPI document of the API; needs no database',
    run: async (words) => (await import('./commands/document.js')).printDocument(words),
  },
  {
    name: 'docs:data-model',
    usage: '',
    about: 'prints the tables and what they are for, as docs/data-model.md has them; makes an empty database for it',
    run: async (words) => (await import('./data-model/document-data-model.js')).documentDataModel(words),
  },
  {
    name: 'config',
    usage: '',
    about: 'lists every setting with its value and its meaning; secrets are not shown',
    run: async (words) => (await import('./commands/settings.js')).listSettings(words),
  },
];
