export { AccessRegistry } from './access/access-registry.js';
export { ClientsService } from './clients/clients.service.js';
export { ApiClient } from './clients/entities/api-client.entity.js';
export { User } from './users/entities/user.entity.js';
export { AccessGuard } from './access/access-guard.js';
export { IdentityModule } from './identity.module.js';
export { rightsTable } from './access/rights-table.js';
export { UsersService } from './users/users.service.js';
