import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock, orProblem } from '../../../platform/index.js';
import { About, Answers, Changes, IdPath, Refuses } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { AgreementService } from './agreement.service.js';
import { AGREEMENT_REFUSALS } from '../domain/agreement.rules.js';
import { AgreementBody } from '../hand-over/dto/hand-over.dto.js';
import { LoanView } from '../list/dto/loan.dto.js';

@ApiTags('loans')
@Controller('api/v1/loans/:id/agreement')
export class AgreementsController {
  constructor(
    private readonly agreements: AgreementService,
    private readonly clock: Clock,
  ) {}

  @Post()
  @About('Sign an agreement', 'Records a signature for a loan that runs already, where the policy names another text since.')
  @Changes('loan')
  @Rights('loans:write', 'council_manager', 'school_administrator')
  @Answers(LoanView)
  @Refuses(AGREEMENT_REFUSALS)
  async sign(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Body() { signatoryName, method, termsVersion }: AgreementBody,
  ): Promise<LoanView> {
    return LoanView.of(orProblem(await this.agreements.sign(actor, id, { signatoryName, method, termsVersion })), this.clock.now());
  }
}
