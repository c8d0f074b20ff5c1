import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, IfMatch } from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { AgreementTextsService } from './agreement-texts.service.js';
import { AgreementTextBody, AgreementTextPath, AgreementTextsView, AgreementTextView } from './dto/agreement.dto.js';

@ApiTags('loans')
@Controller('api/v1/agreement-texts')
export class AgreementTextsController {
  constructor(private readonly texts: AgreementTextsService) {}

  @Get()
  @About('List agreement texts', 'The agreements that the council has written. The shipped one is read by its version.')
  @Rights('settings:read', 'council_manager', 'auditor')
  @Answers(AgreementTextsView)
  async list(@CurrentActor() actor: Actor): Promise<AgreementTextsView> {
    return { texts: (await this.texts.list(actor.councilId)).map(AgreementTextView.of) };
  }

  @Get(':termsVersion/:language')
  @About('Read an agreement text', 'The council’s text, or the shipped one, whose ETag is `"0"`.')
  @Rights('settings:read', 'council_manager', 'auditor')
  @Answers(AgreementTextView)
  async get(@CurrentActor() actor: Actor, @Param() key: AgreementTextPath): Promise<AgreementTextView> {
    return AgreementTextView.of(orProblem(await this.texts.get(actor.councilId, key)));
  }

  @Put(':termsVersion/:language')
  @About(
    'Replace an agreement text',
    'Writes what families read and sign where the loan policy names this version. What was signed before stays as it was signed.',
  )
  @Rights('settings:write', 'council_manager')
  @Answers(AgreementTextView)
  async replace(
    @CurrentActor() actor: Actor,
    @Param() key: AgreementTextPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() { text }: AgreementTextBody,
  ): Promise<AgreementTextView> {
    return AgreementTextView.of(orProblem(await this.texts.replace(actor, key, expected, text)));
  }
}
