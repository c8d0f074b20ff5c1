import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, Creates, Makes, OneTimeSecrets, Refuses, Shows } from '../../../platform/http/index.js';
import { refused } from '../../../shared/result.js';
import { type Actor, STAFF_ROLES } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { CONFIRMATION_REFUSALS, ENROLMENT_REFUSALS, REMOVAL_REFUSALS } from '../domain/totp.rules.js';
import { EnrolmentView, TotpBody, TotpView } from './dto/totp.dto.js';
import { tooManyAttempts } from '../sign-in/too-many-attempts.js';
import { SessionsService } from '../sign-in/sessions.service.js';
import { TotpService } from './totp.service.js';

@ApiTags('sign-in')
@Controller('api/v1/session/totp')
export class TotpController {
  constructor(
    private readonly totp: TotpService,
    private readonly sessions: SessionsService,
  ) {}

  @Post()
  @About('Begin a second factor', 'Answers a secret for the authenticator app, this once. Nothing changes before a code is confirmed.')
  @Makes('totp_enrolment')
  @Rights(null, ...STAFF_ROLES)
  @Creates(EnrolmentView, 'a secret for the authenticator app; nothing changes before it is confirmed')
  @OneTimeSecrets('secret', 'uri')
  @Refuses(ENROLMENT_REFUSALS)
  async begin(@CurrentActor() actor: Actor): Promise<EnrolmentView> {
    const { secret, uri } = orProblem(await this.totp.begin(actor));
    return { secret, uri };
  }

  @Post('confirmation')
  @About('Confirm the second factor', 'With a code of the app: from now on signing in takes one.')
  @Makes('totp')
  @Rights(null, ...STAFF_ROLES)
  @Answers(TotpView, 'the second factor is on: from now on signing in takes a code')
  @Refuses(CONFIRMATION_REFUSALS)
  async confirm(@CurrentActor() actor: Actor, @Body() { totp }: TotpBody): Promise<TotpView> {
    orProblem(await this.totp.confirm(actor, totp));
    return { enabled: true };
  }

  @Post('removal')
  @About('Remove the second factor', 'With a code of the app: from now on the password is enough.')
  @Makes('totp')
  @Rights(null, ...STAFF_ROLES)
  @Answers(TotpView, 'the second factor is off')
  @Refuses(REMOVAL_REFUSALS)
  async remove(@CurrentActor() actor: Actor, @Body() { totp }: TotpBody): Promise<TotpView> {
    const removed = await this.totp.remove(actor, totp);
    if (removed.ok) return { enabled: false };
    const { reason } = removed;
    if (reason.kind === 'wait') throw tooManyAttempts(reason);
    return orProblem(refused(reason));
  }

  /** Shows whether the second factor is on at this moment. */
  @Shows('totp')
  async shown(actor: Actor): Promise<TotpView> {
    return { enabled: (await this.sessions.identity(actor)).totp };
  }

  /** Everything in this view is shown only once. */
  @Shows('totp_enrolment')
  enrolment(): EnrolmentView {
    return {};
  }
}
