export { AccessRegistry } from './access-registry.js';
export { ClientsService } from './clients.service.js';
export { ApiClient } from './entities/api-client.entity.js';
export { User } from './entities/user.entity.js';
export { AccessGuard } from './access-guard.js';
export { IdentityModule } from './identity.module.js';
export { rightsTable } from './rights-table.js';
export { UsersService } from './users.service.js';
