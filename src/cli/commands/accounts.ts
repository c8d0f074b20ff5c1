import { CouncilsService } from '../../modules/councils/index.js';
import { ClientsService, OperatorUsersService } from '../../modules/identity/index.js';
import { AccessRegistry, rightsTable } from '../../modules/identity/http.js';
import { options } from '../command.js';
import { inApplication, orWrongUsage } from '../with-application.js';

export function createCouncil(words: readonly string[]): Promise<unknown> {
  const {
    code = '',
    name = '',
    timezone: timeZone = 'Europe/Paris',
    locale = 'fr',
  } = options(words, 'code', 'name', 'timezone?', 'locale?');
  return inApplication(async (app) => orWrongUsage(await app.get(CouncilsService).create({ code, name, timeZone, locale })));
}

export function createClient(words: readonly string[]): Promise<unknown> {
  const { council = '', name = '', scopes = '' } = options(words, 'council', 'name', 'scopes');
  return inApplication(async (app) => {
    const { client, secret } = orWrongUsage(await app.get(ClientsService).createForOperator(council, name, scopes));
    return { clientId: client.id, clientSecret: secret };
  });
}

export function createUser(words: readonly string[]): Promise<unknown> {
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
    const user = orWrongUsage(await app.get(OperatorUsersService).create(council, { name, email, role, schoolId, siteId, password }));
    return { id: user.id, email: user.email, role: user.role };
  });
}

export function documentRights(words: readonly string[]): Promise<string> {
  options(words);
  return inApplication((app) => Promise.resolve(rightsTable(app.get(AccessRegistry).all())));
}
