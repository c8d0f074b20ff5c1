export { AccessCodeHasher } from './family-sign-in/access-code-hasher.js';
export { accessCodeEnd, makeAccessCode } from './domain/access-code.rules.js';
export { type FamilySession, FamilySessionsRepository } from './family-sign-in/family-sessions.repository.js';
export { SentCodeMaker } from './family-sign-in/sent-codes/sent-code-maker.js';
export { SIGN_IN_CODE_ASKED } from './identity.events.js';
export { ClientsService } from './clients/clients.service.js';
export { ApiClient } from './clients/entities/api-client.entity.js';
export { User } from './users/entities/user.entity.js';
export { OperatorUsersService } from './users/operator-users.service.js';
