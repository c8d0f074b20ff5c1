import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Clock, orProblem, Problem } from '../../../platform/index.js';
import { About, Answers, Changes, Conflicts, IdPath, Makes, Refuses, Shows } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { RETURN_REFUSALS } from '../domain/return.rules.js';
import { nameFaults } from '../hand-over/dto/hand-over.dto.js';
import { LoanView } from '../list/dto/loan.dto.js';
import { RecoveredDeviceView, ReturnByTagBody, returnDetails, ReturnedItemBody, ReturnsBody } from './dto/return.dto.js';
import { ReturnService } from './return.service.js';

@ApiTags('loans')
@Controller('api/v1')
export class ReturnsController {
  constructor(
    private readonly returns: ReturnService,
    private readonly clock: Clock,
  ) {}

  @Post('loans/:id/returns')
  @About('Return items of a loan', 'Some or all of them. The devices go to inspection, and the loan closes with its last item.')
  @Changes('loan')
  @Rights('loans:write', 'council_manager', 'school_administrator', 'desk_agent')
  @Answers(LoanView)
  @Refuses(RETURN_REFUSALS)
  @Conflicts('INVALID_MOVE')
  async returnItems(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() { items, siteId }: ReturnsBody): Promise<LoanView> {
    const faults = nameFaults(items, ['itemId', 'assetTag']);
    if (faults.length > 0) throw Problem.invalid(faults);
    return LoanView.of(orProblem(await this.returns.returnItems(actor, id, siteId, items.map(ReturnedItemBody.toItem))), this.clock.now());
  }

  @Post('returns')
  @About(
    'Return a device by its tag',
    'The desk’s form: finds the loan by the device. A device that was missing and is on no loan is recovered, and the answer is the device.',
  )
  @Makes('loan', 'recovered_device')
  @Rights('loans:write', 'council_manager', 'school_administrator', 'desk_agent')
  @HttpCode(200)
  @ApiExtraModels(LoanView, RecoveredDeviceView)
  @ApiResponse({
    status: 200,
    description: 'the loan; or the device, when it was missing from the stock and on no loan',
    schema: { oneOf: [{ $ref: getSchemaPath(LoanView) }, { $ref: getSchemaPath(RecoveredDeviceView) }] },
  })
  @Refuses(RETURN_REFUSALS)
  @Conflicts('INVALID_MOVE')
  async returnByTag(@CurrentActor() actor: Actor, @Body() body: ReturnByTagBody): Promise<LoanView | RecoveredDeviceView> {
    const taken = orProblem(await this.returns.returnByTag(actor, body.assetTag, body.siteId, returnDetails(body)));
    return 'loan' in taken ? LoanView.of(taken.loan, this.clock.now()) : RecoveredDeviceView.of(taken.recovered);
  }

  @Shows('recovered_device')
  async shown(actor: Actor, { id }: IdPath): Promise<RecoveredDeviceView> {
    return RecoveredDeviceView.of(orProblem(await this.returns.recovered(actor, id)));
  }
}
