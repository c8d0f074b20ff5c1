import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersNothing,
  AnswersPage,
  Creates,
  Cursors,
  IdPath,
  Makes,
  OneTimeSecrets,
  type Page,
  PageQuery,
  Shows,
} from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { AllowedHelperView, HelperBody, HelperPath, HelperView } from './dto/helper.dto.js';
import { HelpersService } from './helpers.service.js';

const LIST = 'helpers';

@ApiTags('households')
@Controller('api/v1/households/:id/helpers')
export class HelpersController {
  constructor(
    private readonly helpers: HelpersService,
    private readonly cursors: Cursors,
  ) {}

  @Post()
  @About(
    'Let somebody help',
    'A neighbour or an association sees what a contact of the family sees, and changes nothing, until a day. They sign in with the reference of the file and a code of their own, which is answered this once.',
  )
  @Makes('helper')
  @Rights('households:write', 'council_manager', 'school_administrator', 'family')
  @Creates(AllowedHelperView, 'with its code')
  @OneTimeSecrets('code')
  async allow(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() body: HelperBody): Promise<AllowedHelperView> {
    return AllowedHelperView.allowed(orProblem(await this.helpers.allow(actor, id, HelperBody.toAllow(body))));
  }

  @Get()
  @About('List helpers', 'Who may see the file of a family now. A family sees those of its own contact only.')
  @Rights('households:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @AnswersPage(HelperView)
  async list(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Query() { limit, cursor }: PageQuery): Promise<Page<HelperView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = orProblem(await this.helpers.list(actor, id, after as string | null, limit));
    return this.cursors.page(LIST, rows, limit, (helper) => [helper.id], HelperView.of);
  }

  @Get(':helperId')
  @About('Read a helper', 'Who it is, and until when; never the code. One whose time is over: 404.')
  @Shows('helper', { by: 'helperId' })
  @Rights('households:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @Answers(HelperView)
  async get(@CurrentActor() actor: Actor, @Param() { id, helperId }: HelperPath): Promise<HelperView> {
    return HelperView.of(orProblem(await this.helpers.find(actor, id, helperId)));
  }

  @Delete(':helperId')
  @About('End a help', 'The code opens nothing from now on, and every session that was opened with it has ended.')
  @Rights('households:write', 'council_manager', 'school_administrator', 'family')
  @AnswersNothing()
  async end(@CurrentActor() actor: Actor, @Param() { id, helperId }: HelperPath): Promise<void> {
    orProblem(await this.helpers.end(actor, id, helperId));
  }
}
