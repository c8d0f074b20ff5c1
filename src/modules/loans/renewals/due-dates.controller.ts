import { Body, Controller, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock, orProblem } from '../../../platform/index.js';
import { About, Answers, Changes, IdPath, IfMatch, Refuses } from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { DUE_DATE_REFUSALS } from '../domain/due-date-change.rules.js';
import { RENEWAL_REFUSALS } from '../domain/renewal.rules.js';
import { DueDateService } from './due-date.service.js';
import { DueDateBody, RecallBody, RenewalBody } from './dto/due-date.dto.js';
import { LoanView } from '../list/dto/loan.dto.js';
import { RenewalService } from './renewal.service.js';

@ApiTags('loans')
@Controller('api/v1/loans/:id')
export class DueDatesController {
  constructor(
    private readonly renewals: RenewalService,
    private readonly dueDates: DueDateService,
    private readonly clock: Clock,
  ) {}

  @Post('renewals')
  @About(
    'Renew a loan',
    'By the policy’s days, or to a day that is named with a reason. Answers every reason against it at once (409). A family renews by the policy’s days.',
  )
  @Changes('loan')
  @Rights('loans:write', 'council_manager', 'school_administrator', 'family')
  @Answers(LoanView)
  @Refuses(RENEWAL_REFUSALS)
  async renew(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() body: RenewalBody): Promise<LoanView> {
    return LoanView.of(orProblem(await this.renewals.renew(actor, id, RenewalBody.toRenewal(body))), this.clock.now());
  }

  @Put('due-date')
  @About('Change a due day', 'Sets another due day, with a reason; it is kept as it is, closed or not.')
  @Rights('loans:write', 'council_manager', 'school_administrator')
  @Answers(LoanView)
  @Refuses(DUE_DATE_REFUSALS)
  async change(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: DueDateBody,
  ): Promise<LoanView> {
    return LoanView.of(orProblem(await this.dueDates.change(actor, id, expected, body)), this.clock.now());
  }

  @Post('recall')
  @About('Recall a loan', 'Asks it back for an earlier day, with a reason. The family is told.')
  @Changes('loan')
  @Rights('loans:write', 'council_manager', 'school_administrator')
  @Answers(LoanView)
  @Refuses(DUE_DATE_REFUSALS)
  async recall(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() body: RecallBody): Promise<LoanView> {
    return LoanView.of(orProblem(await this.dueDates.recall(actor, id, body)), this.clock.now());
  }
}
