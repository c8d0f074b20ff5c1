import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, IfMatch } from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { HelpTextsBody, HelpTextsView } from './dto/help-text.dto.js';
import { HelpTextsService } from './help-texts.service.js';

@ApiTags('help')
@Controller('api/v1/help-texts')
export class HelpTextsController {
  constructor(private readonly texts: HelpTextsService) {}

  @Get()
  @About(
    'Read the help texts',
    'What families are told about their equipment: how to bring it back, and what to do when it does not start, has no network or is to be charged. Before the first PUT what was shipped holds, and the ETag is `"0"`.',
  )
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor', 'family')
  @Answers(HelpTextsView)
  async get(@CurrentActor() { councilId }: Actor): Promise<HelpTextsView> {
    return HelpTextsView.of(await this.texts.get(councilId));
  }

  @Put()
  @About('Replace the help texts', 'Writes all texts that the council has of its own. Where none is named, the shipped one is shown.')
  @Rights('settings:write', 'council_manager')
  @Answers(HelpTextsView)
  async replace(@CurrentActor() actor: Actor, @IfMatch() expected: ExpectedVersion, @Body() body: HelpTextsBody): Promise<HelpTextsView> {
    return HelpTextsView.of(orProblem(await this.texts.replace(actor, expected, HelpTextsBody.toTexts(body))));
  }
}
