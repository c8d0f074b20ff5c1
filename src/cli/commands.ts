import { readFileSync } from 'node:fs';
import { parseRound, roundResult } from '../modules/allocation/index.js';
import { CouncilsService } from '../modules/councils/index.js';
import { AccessRegistry, ClientsService, rightsTable, UsersService } from '../modules/identity/index.js';
import { LedgerService } from '../modules/loans/index.js';
import { parsePlanInput, sharingPlan } from '../modules/needs/index.js';
import { JobsService } from '../modules/reporting/index.js';
import { describeSettings, settingsOfProcess } from '../platform/config/settings.js';
import { migrate, migrateDown } from '../platform/database/index.js';
import { AuditChainService, type ChainHead, Clock } from '../platform/index.js';
import { OutboxExecutor } from '../platform/outbox/index.js';
import { BouncesService, RunNoticesService } from '../modules/notices/index.js';
import { schema } from '../schema.js';
import { isUuid } from '../shared/ids.js';
import { checkedTicket, isSeed } from '../modules/requests/index.js';
import { type Command, Failure, inApplication, InvalidInput, options, orWrongUsage, withRuntime, WrongUsage } from './command.js';
import { engineCommand } from './engine-command.js';
import { stateDiagrams } from './state-diagrams.js';

/** The heads of an earlier report of `audit:verify`. @throws WrongUsage when the file is none */
function keptHeads(file: string): ChainHead[] {
  try {
    const { heads } = JSON.parse(readFileSync(file, 'utf8')) as { heads?: ChainHead[] };
    if (Array.isArray(heads) && heads.every(({ councilId, position }) => isUuid(councilId) && Number.isInteger(position))) return heads;
  } catch {
    // Said below.
  }
  throw new WrongUsage(`--heads: ${file} is no report of audit:verify`);
}

/** Jobs that one command lists. */
const MOST_LISTED = 1000;

/** A report brings back the message that it is about, and no more. */
const MOST_BYTES_OF_MAIL = 10 * 1024 * 1024;

/** @throws InvalidInput when there is more than a mail server would send */
async function standardInput(): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MOST_BYTES_OF_MAIL) throw new InvalidInput([`standard input: at most ${MOST_BYTES_OF_MAIL} bytes`]);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** @throws WrongUsage when the text is no instant */
function instantOf(text: string): Date {
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i.test(text);
  const instant = new Date(isInstant ? text : Number.NaN);
  if (Number.isNaN(instant.getTime())) throw new WrongUsage('--at: must be an instant such as 2026-11-30T09:00:00+01:00');
  return instant;
}

/** Everything that an operator can do from the command line. */
export const commands: readonly Command[] = [
  {
    name: 'migrate',
    usage: '[--down all]',
    about: 'brings the database up to date, or takes every migration back and with it all data',
    run: (words) => {
      const { down } = options(words, 'down?');
      if (down !== undefined && down !== 'all') throw new WrongUsage('--down takes "all": it deletes everything');
      return withRuntime(async ({ ownerUrl }) =>
        down === 'all' ? { undone: await migrateDown(ownerUrl, schema) } : { applied: await migrate(ownerUrl, schema) },
      );
    },
  },
  {
    name: 'council:create',
    usage: '--code C --name N [--timezone Europe/Paris] [--locale fr]',
    about: 'makes a council; prints {id, code}',
    run: (words) => {
      const {
        code = '',
        name = '',
        timezone: timeZone = 'Europe/Paris',
        locale = 'fr',
      } = options(words, 'code', 'name', 'timezone?', 'locale?');
      return inApplication(async (app) => orWrongUsage(await app.get(CouncilsService).create({ code, name, timeZone, locale })));
    },
  },
  {
    name: 'client:create',
    usage: '--council C --name N --scopes "a:read b:write" (or "*")',
    about: 'makes an API client; prints {clientId, clientSecret}, the secret this once',
    run: (words) => {
      const { council = '', name = '', scopes = '' } = options(words, 'council', 'name', 'scopes');
      return inApplication(async (app) => {
        const { client, secret } = orWrongUsage(await app.get(ClientsService).createForOperator(council, name, scopes));
        return { clientId: client.id, clientSecret: secret };
      });
    },
  },
  {
    name: 'user:create',
    usage:
      '--council C --name N --email E --role council_manager|school_administrator|desk_agent|auditor [--school ID] [--site ID] [--password P]',
    about: 'makes a staff account; without a password, invite the person over the API; prints {id, email, role}',
    run: (words) => {
      const {
        council = '',
        name = '',
        email = '',
        role = '',
        school: schoolId,
        site: siteId,
        password,
      } = options(words, 'council', 'name', 'email', 'role', 'school?', 'site?', 'password?');
      return inApplication(async (app) => {
        const user = orWrongUsage(
          await app.get(UsersService).createForOperator(council, { name, email, role, schoolId, siteId, password }),
        );
        return { id: user.id, email: user.email, role: user.role };
      });
    },
  },
  {
    name: 'audit:verify',
    usage: '[--heads FILE]',
    about: 'finds every audit event that was changed, removed or put in; FILE: an earlier report, to find what was cut off since',
    run: (words) => {
      const { heads } = options(words, 'heads?');
      const kept = heads === undefined ? [] : keptHeads(heads);
      return inApplication(async (app) => {
        const report = await app.get(AuditChainService).verify(kept);
        if (report.faults.length > 0) throw new Failure(`${report.faults.length} faults in the audit trail`, report);
        return report;
      });
    },
  },
  {
    name: 'ledger:verify',
    usage: '[--repair]',
    about:
      'recomputes from the history who has what, and finds whatever disagrees; --repair: writes what follows from the history anew, each with an audit event, and tells what is left',
    run: (words) => {
      const { repair } = options(words, 'repair!');
      return inApplication(async (app) => {
        const report = await (repair ? app.get(LedgerService).repair() : app.get(LedgerService).verify());
        if (report.faults.length > 0) throw new Failure(`${report.faults.length} faults in the ledger`, report);
        return report;
      });
    },
  },
  {
    name: 'jobs:dead',
    usage: '',
    about: `lists the jobs that were set aside, the first ${MOST_LISTED} of every council; prints {jobs, thereAreMore}`,
    run: (words) => {
      options(words);
      return inApplication((app) => app.get(JobsService).dead(MOST_LISTED));
    },
  },
  {
    name: 'jobs:replay',
    usage: '--id ID | --kind KIND',
    about: 'has one job that was set aside, or all of a kind, tried again; prints {replayed}',
    run: (words) => {
      const { id, kind } = options(words, 'id?', 'kind?');
      if ((id === undefined) === (kind === undefined)) throw new WrongUsage('give --id or --kind');
      if (id !== undefined && !isUuid(id)) throw new WrongUsage('--id: must be an id');
      return inApplication(async (app) => {
        const replayed = await app.get(JobsService).replayForOperator({ id, kind });
        if (id !== undefined && replayed === 0) throw new Failure('no job of this id was set aside', { replayed });
        return { replayed };
      });
    },
  },
  {
    name: 'notices:run',
    usage: '[--at INSTANT]',
    about:
      'does what is due now, or (not in production) at an instant to come, such as 2026-11-30T09:00:00+01:00; prints {due, sent, dropped, waiting, dead}',
    run: (words) => {
      const { at } = options(words, 'at?');
      const now = new Clock().now();
      const instant = at === undefined ? now : instantOf(at);
      if (instant > now && settingsOfProcess().isProduction) throw new WrongUsage('--at: an instant to come is refused in production');
      return inApplication(async (app) => {
        const executor = app.get(OutboxExecutor);
        return app.get(RunNoticesService).run(() => executor.drain());
      }, instant);
    },
  },
  {
    name: 'notices:bounced',
    usage: '< MAIL',
    about:
      'takes a mail that came back to MAIL_BOUNCES, as a mail server pipes it: a message that it gave up goes by the next channel; prints {outcome: recorded|known|ignored|unknown}',
    run: async (words) => {
      options(words);
      const mail = await standardInput();
      return inApplication(async (app) => {
        const outcome = await app.get(BouncesService).take(mail);
        if (outcome === 'unknown') throw new Failure('nothing is recorded of the message that this mail is about', { outcome });
        return { outcome };
      });
    },
  },
  engineCommand({
    name: 'needs:plan',
    about: 'prints how a household in a JSON file can share what it has, and what stays out of reach',
    parse: parsePlanInput,
    run: sharingPlan,
  }),
  engineCommand({
    name: 'allocation:solve',
    about: 'prints who is served from which pool, and why others are not, for a round in a JSON file',
    parse: parseRound,
    run: roundResult,
  }),
  {
    name: 'lottery:check',
    usage: '--seed HEX --value TEXT --household ID',
    about: 'prints the SHA-256 of a published seed, the key of its cycle and the ticket of a household; needs no database',
    run: (words) => {
      const { seed = '', value: publicValue = '', household: householdId = '' } = options(words, 'seed', 'value', 'household');
      const faults = [
        ...(isSeed(seed) ? [] : ['--seed: must be 32 bytes in hex']),
        ...(isUuid(householdId) ? [] : ['--household: must be an id']),
      ];
      if (faults.length > 0) throw new InvalidInput(faults);
      return Promise.resolve(checkedTicket({ seed, publicValue, householdId: householdId.toLowerCase() }));
    },
  },
  {
    name: 'docs:rights',
    usage: '',
    about: 'prints who may call what, as docs/rights.md has it',
    run: (words) => {
      options(words);
      return inApplication(async (app) => Promise.resolve(rightsTable(app.get(AccessRegistry).all())));
    },
  },
  {
    name: 'docs:states',
    usage: '',
    about: 'prints the state machines, as docs/states.md has them',
    run: (words) => {
      options(words);
      return Promise.resolve(stateDiagrams());
    },
  },
  {
    name: 'config',
    usage: '',
    about: 'lists every setting with its value and its meaning; secrets are not shown',
    run: async (words) => {
      options(words);
      return Promise.resolve(describeSettings(settingsOfProcess()));
    },
  },
];
