import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { CouncilsService } from '../modules/councils/index.js';
import { ClientsService, OperatorUsersService } from '../modules/identity/index.js';
import { orProblem } from '../platform/index.js';
import { type DemoFamily, fillPlaces, fillStockAndFamilies } from './demo-council.js';
import { DEMO_STAFF } from './demo-data.js';
import { RestClient } from './rest-client.js';

/** Who can sign in to a demonstration council. */
export interface DemoSignIns {
  readonly baseUrl: string;
  readonly client: { readonly id: string; readonly secret: string };
  readonly users: readonly { readonly role: string; readonly email: string; readonly password: string }[];
  readonly families: readonly DemoFamily[];
}

const CODE = 'demo';

/** Makes the demonstration council when there is no council yet, and writes how to sign in to `file` (mode 0600). */
export async function seedWhenEmpty(app: INestApplicationContext, baseUrl: string, file: string): Promise<void> {
  if (await app.get(CouncilsService).isAny()) return;
  const signIns = await seed(app, baseUrl);
  await writeFile(file, `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600 });
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

async function seed(app: INestApplicationContext, baseUrl: string): Promise<DemoSignIns> {
  const council = { code: CODE, name: 'Département de démonstration', timeZone: 'Europe/Paris', locale: 'fr' };
  orProblem(await app.get(CouncilsService).create(council));
  const { client, secret } = orProblem(await app.get(ClientsService).createForOperator(CODE, 'Demonstration', '*'));
  const rest = await RestClient.signIn(baseUrl, { id: client.id, secret });
  const places = await fillPlaces(rest);

  const users = [];
  for (const { role, name, email, ...at } of DEMO_STAFF) {
    const password = randomBytes(12).toString('base64url');
    const schoolId = 'school' in at ? places.schools[at.school]?.id : undefined;
    const siteId = 'site' in at ? places.sites[at.site]?.id : undefined;
    orProblem(await app.get(OperatorUsersService).create(CODE, { role, name, email, password, schoolId, siteId }));
    users.push({ role, email, password });
  }
  const families = await fillStockAndFamilies(rest, places);
  return { baseUrl, client: { id: client.id, secret }, users, families };
}
