import { CouncilsService } from '../../modules/councils/index.js';
import { ClientsService, OperatorUsersService } from '../../modules/identity/index.js';
import { options } from '../command.js';
import { orWrongUsage } from '../or-wrong-usage.js';
import { withServices } from '../with-services.js';

export function createCouncil(words: readonly string[]): Promise<unknown> {
  const {
    code = '',
    name = '',
    timezone: timeZone = 'Europe/Paris',
    locale = 'fr',
  } = options(words, 'code', 'name', 'timezone?', 'locale?');
  return withServices(async (services) => orWrongUsage(await services.get(CouncilsService).create({ code, name, timeZone, locale })));
}

export function createClient(words: readonly string[]): Promise<unknown> {
  const { council = '', name = '', scopes = '' } = options(words, 'council', 'name', 'scopes');
  return withServices(async (services) => {
    const { client, secret } = orWrongUsage(await services.get(ClientsService).createForOperator(council, name, scopes));
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
  return withServices(async (services) => {
    const user = orWrongUsage(await services.get(OperatorUsersService).create(council, { name, email, role, schoolId, siteId, password }));
    return { id: user.id, email: user.email, role: user.role };
  });
}
