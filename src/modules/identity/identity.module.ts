import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CouncilsModule } from '../councils/index.js';
import { AccessTable } from './access-table.js';
import { ClientsController } from './clients.controller.js';
import { ClientsService } from './clients.service.js';
import { Credentials } from './credentials.js';
import { Gate } from './gate.js';
import { IdentityJobs } from './identity.jobs.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsRepository } from './invitations.repository.js';
import { InvitationsService } from './invitations.service.js';
import { KnownBrowsers } from './known-browsers.js';
import { PasswordStrength } from './password-strength.js';
import { Passwords } from './passwords.js';
import { SessionController } from './session.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { TokenController } from './token.controller.js';
import { TokenService } from './token.service.js';
import { TotpSecrets } from './totp-secrets.js';
import { TotpController } from './totp.controller.js';
import { TotpRepository } from './totp.repository.js';
import { TotpService } from './totp.service.js';
import { AttemptsRepository } from './attempts.repository.js';
import { AttemptLimiter } from './attempt-limiter.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [DiscoveryModule, CouncilsModule],
  controllers: [ClientsController, InvitationsController, SessionController, TokenController, TotpController, UsersController],
  providers: [
    AccessTable,
    ClientsService,
    Credentials,
    Gate,
    IdentityJobs,
    InvitationsRepository,
    InvitationsService,
    KnownBrowsers,
    PasswordStrength,
    Passwords,
    SessionsRepository,
    SessionsService,
    TokenService,
    TotpRepository,
    TotpSecrets,
    TotpService,
    AttemptLimiter,
    AttemptsRepository,
    UsersRepository,
    UsersService,
  ],
  exports: [AccessTable, ClientsService, Gate, UsersService],
})
export class IdentityModule {}
