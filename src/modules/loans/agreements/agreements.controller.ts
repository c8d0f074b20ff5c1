import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock, orProblem } from '../../../platform/index.js';
import { About, Answers, Changes, IdPath, Refuses } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { AGREEMENT_REFUSALS } from '../domain/agreement.rules.js';
import { ONLINE_REFUSALS } from '../domain/agreement-text.rules.js';
import { LoanView } from '../list/dto/loan.dto.js';
import { AgreementService } from './agreement.service.js';
import { AgreementQuery, LoanAgreementView, SignatureBody } from './dto/agreement.dto.js';
import { OnlineAgreementService } from './online-agreement.service.js';

@ApiTags('loans')
@Controller('api/v1/loans/:id/agreement')
export class AgreementsController {
  constructor(
    private readonly agreements: AgreementService,
    private readonly online: OnlineAgreementService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @About(
    'Read a loan’s agreement',
    'The words that are to be signed, or that were. A family reads those of its own loans, in its language; what another contact of it signed stays that contact’s.',
  )
  @Rights('loans:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor', 'family')
  @Answers(LoanAgreementView)
  async read(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Query() { language }: AgreementQuery): Promise<LoanAgreementView> {
    return LoanAgreementView.of(orProblem(await this.online.read(actor, id, language ?? null)));
  }

  @Post()
  @About(
    'Sign an agreement',
    'Staff record a signature for a loan that runs already, where the policy names another text since. A family signs what is asked of it, with its typed name, `online`, and names the words that it has read by their `textHash`; signing again is answered as the first time.',
  )
  @Changes('loan')
  @Rights('loans:write', 'council_manager', 'school_administrator', 'family')
  @Answers(LoanView)
  @Refuses({ ...ONLINE_REFUSALS, ...AGREEMENT_REFUSALS })
  async sign(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() body: SignatureBody): Promise<LoanView> {
    const signed = actor.family
      ? await this.online.sign(actor, actor.family, id, SignatureBody.toOnline(body))
      : await this.agreements.sign(actor, id, SignatureBody.toAgreement(body));
    return LoanView.of(orProblem(signed), this.clock.now());
  }
}
