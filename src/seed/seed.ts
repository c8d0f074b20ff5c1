import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication } from '../application.js';
import type { Runtime } from '../boot.js';
import { CouncilsService } from '../modules/councils/index.js';
import { ClientsService, OperatorUsersService } from '../modules/identity/index.js';
import { SetClock } from '../platform/clock/clock.js';
import { analyse } from '../platform/database/analyse.js';
import { orProblem } from '../platform/index.js';
import type { PlatformOptions } from '../platform/platform.module.js';
import { type DemoPlaces, fillPlaces, fillStock } from './demo-council.js';
import { DEMO_STAFF } from './demo-data.js';
import type { Known } from './demo-desk.js';
import { AGO, playHistory, type SignInHouseholds } from './demo-history.js';
import { inParallel, Past } from './past.js';
import { RestClient } from './rest-client.js';
import { Timeline } from './timeline.js';

/** With what a family signs in. */
interface DemoFamily {
  readonly reference: string;
  readonly code: string;
}

/** Who can sign in to a demonstration council. */
export interface DemoPeople {
  readonly client: { readonly id: string; readonly secret: string };
  readonly users: readonly { readonly role: string; readonly email: string; readonly password: string }[];
  /** One that waits, one with an offer, one with an overdue loan, one of two contacts (twice), and one that reads Arabic. */
  readonly families: readonly DemoFamily[];
}

/** The same, and where. */
export interface DemoSignIns extends DemoPeople {
  readonly baseUrl: string;
}

const CODE = 'demo';
const TIME_ZONE = 'Europe/Paris';
/** If the machine fails meanwhile, the folder is begun anew; and each statement is planned once, not for each of some hundred families. */
const PARAMETERS = ['synchronous_commit=off', 'plan_cache_mode=force_generic_plan'];

/**
 * Makes the demonstration council when there is no council yet; null when there is one. It has an application of its own, whose clock is moved
 * through the past of the council, and which sends nothing: what was written in the past is shown as a message, whatever is set up to send.
 */
export async function seedWhenEmpty({ platform, ownerUrl }: Pick<Runtime, 'platform' | 'ownerUrl'>): Promise<DemoPeople | null> {
  const now = platform.clock.now();
  const clock = new SetClock(now);
  const settings = Object.assign(Object.create(Object.getPrototypeOf(platform.settings) as object), platform.settings, {
    smtpUrl: null,
    showMessages: true,
    rateLimit: Number.MAX_SAFE_INTEGER,
  }) as PlatformOptions['settings'];
  const database = { ...platform.database, parameters: PARAMETERS };
  const app = await createApplication({ ...platform, database, settings, clock, runsJobs: false });
  try {
    if (await app.get(CouncilsService).isAny()) return null;
    await app.init();
    return await seed(app, clock, ownerUrl);
  } finally {
    await app.close();
  }
}

/** Writes how to sign in to `file` (mode 0600). */
export async function writeSignIns(file: string, { baseUrl, client, users, families }: DemoSignIns): Promise<void> {
  await writeFile(file, `${JSON.stringify({ baseUrl, client, users, families }, null, 2)}\n`, { mode: 0o600 });
}

/** What an earlier start wrote there; null where there is nothing that can be read. */
export async function readSignIns(file: string): Promise<DemoSignIns | null> {
  try {
    const { baseUrl = '', client, users = [], families = [] } = JSON.parse(await readFile(file, 'utf8')) as Partial<DemoSignIns>;
    return client === undefined ? null : { baseUrl, client, users, families };
  } catch {
    return null;
  }
}

/** Makes the demonstration council in an application that does no jobs by itself, and whose clock, which shows the present, is set back for it. `ownerUrl`: a login that owns the tables. */
export async function seed(app: NestFastifyApplication, clock: SetClock, ownerUrl: string): Promise<DemoPeople> {
  const now = clock.now();
  const timeline = new Timeline(now, TIME_ZONE);
  const begin = timeline.ago(AGO.begin);
  clock.moveTo(timeline.at(begin, '08:00'));
  const council = { code: CODE, name: 'Département de démonstration', timeZone: TIME_ZONE, locale: 'fr' };
  orProblem(await app.get(CouncilsService).create(council));
  const { client, secret } = orProblem(await app.get(ClientsService).createForOperator(CODE, 'Demonstration', '*'));
  const rest = new RestClient(app, { id: client.id, secret });
  await rest.signIn();
  const past = new Past(app, clock, rest, timeline, () => analyse(ownerUrl), begin);
  const places = await fillPlaces(past);
  const [users] = await Promise.all([addStaff(app, places), fillStock(past)]);
  await past.doDueJobs();

  const households = await playHistory(past, places);
  await past.untilNow(now);
  const families = await printCodes(past, households);
  await past.doDueJobs();
  return { client: { id: client.id, secret }, users, families };
}

function addStaff(app: NestFastifyApplication, { schools, sites }: DemoPlaces): Promise<DemoPeople['users']> {
  return inParallel(DEMO_STAFF, async ({ role, name, email, ...at }) => {
    const password = randomBytes(12).toString('base64url');
    const schoolId = 'school' in at ? schools[at.school]?.id : undefined;
    const siteId = 'site' in at ? sites[at.site]?.id : undefined;
    orProblem(await app.get(OperatorUsersService).create(CODE, { role, name, email, password, schoolId, siteId }));
    return { role, email, password };
  });
}

/** Opens the council to families, and prints a code for each contact of those that one signs in as. */
async function printCodes({ rest }: Past, households: SignInHouseholds): Promise<DemoFamily[]> {
  await rest.patch('/council', { openToFamilies: true });
  const { waiting, offer, overdue, separated, arabic } = households;
  const contacts = [waiting, offer, overdue, separated, arabic].flatMap((known: Known) =>
    known.contacts.map(({ id }) => ({ known, contactId: id })),
  );
  return inParallel(contacts, async ({ known, contactId }) => {
    const { code } = await rest.post<{ code: string }>(`/households/${known.id}/access-codes`, { contactId });
    return { reference: known.reference, code };
  });
}
