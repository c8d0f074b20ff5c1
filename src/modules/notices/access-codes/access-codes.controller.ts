import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, AnswersNothing, Creates, IdPath, Makes, OneTimeSecrets, Shows } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { AccessCodesService } from './access-codes.service.js';
import { AccessCodeBody, AccessCodePath, AccessCodeView, IssuedAccessCodeView } from './dto/access-code.dto.js';

/** Codes with which families sign in. They are here and not in the module households, because each comes with its letter. */
@ApiTags('households')
@Controller('api/v1/households/:id/access-codes')
export class AccessCodesController {
  constructor(private readonly codes: AccessCodesService) {}

  @Post()
  @About(
    'Print an access code',
    'Makes the code with which a contact of the family signs in, and the letter that brings it. It holds for sixty days; the one before opens nothing from now on. Code and letter are answered this once and stored nowhere. It works where the council is open to families.',
  )
  @Makes('access_code')
  @Rights('households:write', 'council_manager', 'school_administrator')
  @Creates(IssuedAccessCodeView, 'with its letter')
  @OneTimeSecrets('code', 'letter')
  async issue(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() { contactId }: AccessCodeBody): Promise<IssuedAccessCodeView> {
    return IssuedAccessCodeView.issued(orProblem(await this.codes.issue(actor, id, contactId)));
  }

  @Get(':contactId')
  @About('Read an access code', 'When the code of a contact was made and until when it holds; never the code. None that holds: 404.')
  @Shows('access_code', { by: 'contactId' })
  @Rights('households:read', 'council_manager', 'school_administrator', 'auditor')
  @Answers(AccessCodeView)
  async get(@CurrentActor() actor: Actor, @Param() { id, contactId }: AccessCodePath): Promise<AccessCodeView> {
    return AccessCodeView.of(orProblem(await this.codes.find(actor, id, contactId)));
  }

  @Delete(':contactId')
  @About('Revoke an access code', 'The code opens nothing from now on. Sessions are ended by themselves.')
  @Rights('households:write', 'council_manager', 'school_administrator')
  @AnswersNothing()
  async revoke(@CurrentActor() actor: Actor, @Param() { id, contactId }: AccessCodePath): Promise<void> {
    orProblem(await this.codes.revoke(actor, id, contactId));
  }
}
