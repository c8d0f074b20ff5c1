export { ClientsService } from './clients/clients.service.js';
export { ApiClient } from './clients/entities/api-client.entity.js';
export { User } from './users/entities/user.entity.js';
export { OperatorUsersService } from './users/operator-users.service.js';
