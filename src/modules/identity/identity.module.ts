import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CouncilsModule } from '../councils/index.js';
import { AccessRegistry } from './access-registry.js';
import { ClientsController } from './clients.controller.js';
import { ClientsService } from './clients.service.js';
import { Authenticator } from './authenticator.js';
import { AccessGuard } from './access-guard.js';
import { IdentityJobs } from './identity.jobs.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsRepository } from './invitations.repository.js';
import { InvitationsService } from './invitations.service.js';
import { KnownBrowsersService } from './known-browsers.service.js';
import { PasswordStrengthChecker } from './password-strength-checker.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionController } from './session.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { TokenController } from './token.controller.js';
import { TokenService } from './token.service.js';
import { TotpSecretCipher } from './totp-secret-cipher.js';
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
    AccessRegistry,
    ClientsService,
    Authenticator,
    AccessGuard,
    IdentityJobs,
    InvitationsRepository,
    InvitationsService,
    KnownBrowsersService,
    PasswordStrengthChecker,
    PasswordHasher,
    SessionsRepository,
    SessionsService,
    TokenService,
    TotpRepository,
    TotpSecretCipher,
    TotpService,
    AttemptLimiter,
    AttemptsRepository,
    UsersRepository,
    UsersService,
  ],
  exports: [AccessRegistry, ClientsService, AccessGuard, UsersService],
})
export class IdentityModule {}
