import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CouncilsModule } from '../councils/councils.module.js';
import { AccessRegistry } from './access/access-registry.js';
import { ClientsController } from './clients/clients.controller.js';
import { ClientsService } from './clients/clients.service.js';
import { Authenticator } from './access/authenticator.js';
import { AccessGuard } from './access/access-guard.js';
import { AccessCodeHasher } from './family-sign-in/access-code-hasher.js';
import { FamilyBrowser } from './family-sign-in/family-browser.js';
import { FamilySessionController } from './family-sign-in/family-session.controller.js';
import { FamilySessionKeeper } from './family-sign-in/family-session-keeper.js';
import { FamilySessionsRepository } from './family-sign-in/family-sessions.repository.js';
import { FamilySessionOpener } from './family-sign-in/family-session-opener.js';
import { SentCodeMaker } from './family-sign-in/sent-codes/sent-code-maker.js';
import { SentCodesRepository } from './family-sign-in/sent-codes/sent-codes.repository.js';
import { SentCodesService } from './family-sign-in/sent-codes/sent-codes.service.js';
import { FamilySignInService } from './family-sign-in/family-sign-in.service.js';
import { IdentityJobs } from './identity.jobs.js';
import { InvitationsController } from './users/invitations.controller.js';
import { InvitationsRepository } from './users/invitations.repository.js';
import { InvitationsService } from './users/invitations.service.js';
import { KnownBrowsersService } from './sign-in/known-browsers.service.js';
import { PasswordStrengthChecker } from './passwords/password-strength-checker.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { SessionCookies } from './sign-in/session-cookies.js';
import { SessionReader } from './sign-in/session-reader.js';
import { SessionController } from './sign-in/session.controller.js';
import { SessionsRepository } from './sign-in/sessions.repository.js';
import { SessionsService } from './sign-in/sessions.service.js';
import { TokenController } from './clients/token.controller.js';
import { TokenService } from './clients/token.service.js';
import { TotpSecretCipher } from './second-factor/totp-secret-cipher.js';
import { TotpController } from './second-factor/totp.controller.js';
import { TotpRepository } from './second-factor/totp.repository.js';
import { TotpService } from './second-factor/totp.service.js';
import { AttemptsRepository } from './sign-in/attempts.repository.js';
import { AttemptLimiter } from './sign-in/attempt-limiter.js';
import { OperatorUsersService } from './users/operator-users.service.js';
import { UserRecorder } from './users/user-recorder.js';
import { UsersController } from './users/users.controller.js';
import { UsersRepository } from './users/users.repository.js';
import { UsersService } from './users/users.service.js';

@Module({
  imports: [DiscoveryModule, CouncilsModule],
  controllers: [
    ClientsController,
    FamilySessionController,
    InvitationsController,
    SessionController,
    TokenController,
    TotpController,
    UsersController,
  ],
  providers: [
    AccessCodeHasher,
    AccessRegistry,
    ClientsService,
    Authenticator,
    AccessGuard,
    FamilyBrowser,
    FamilySessionKeeper,
    FamilySessionOpener,
    FamilySessionsRepository,
    FamilySignInService,
    IdentityJobs,
    InvitationsRepository,
    InvitationsService,
    KnownBrowsersService,
    PasswordStrengthChecker,
    PasswordHasher,
    SentCodeMaker,
    SentCodesRepository,
    SentCodesService,
    SessionCookies,
    SessionReader,
    SessionsRepository,
    SessionsService,
    TokenService,
    TotpRepository,
    TotpSecretCipher,
    TotpService,
    AttemptLimiter,
    AttemptsRepository,
    OperatorUsersService,
    UserRecorder,
    UsersRepository,
    UsersService,
  ],
  exports: [
    AccessCodeHasher,
    AccessRegistry,
    ClientsService,
    AccessGuard,
    FamilyBrowser,
    FamilySessionsRepository,
    OperatorUsersService,
    SentCodeMaker,
  ],
})
export class IdentityModule {}
