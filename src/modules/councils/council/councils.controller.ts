import { Body, Controller, Get, Patch, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, IfMatch, orProblem } from '../../../platform/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../access/actor.js';
import { CurrentActor, Rights } from '../access/rights.js';
import { CouncilsService } from './councils.service.js';
import { ClosedDaysBody, ClosedDaysView, CouncilChanges, CouncilView } from './dto/council.dto.js';

/** The caller's own council; no caller can see another one. */
@ApiTags('council')
@Controller('api/v1')
export class CouncilsController {
  constructor(private readonly councils: CouncilsService) {}

  @Get('council')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(CouncilView)
  async get(@CurrentActor() actor: Actor): Promise<CouncilView> {
    return CouncilView.of(orProblem(await this.councils.get(actor.councilId)));
  }

  @Patch('council')
  @Rights('settings:write', 'council_manager')
  @Answers(CouncilView)
  async update(@CurrentActor() actor: Actor, @IfMatch() expected: ExpectedVersion, @Body() body: CouncilChanges): Promise<CouncilView> {
    return CouncilView.of(orProblem(await this.councils.update(actor, expected, body)));
  }

  @Get('closed-days')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(ClosedDaysView)
  async closedDays(@CurrentActor() actor: Actor): Promise<ClosedDaysView> {
    return ClosedDaysView.of(await this.councils.closedDays(actor.councilId));
  }

  @Put('closed-days')
  @Rights('settings:write', 'council_manager')
  @Answers(ClosedDaysView)
  async replaceClosedDays(
    @CurrentActor() actor: Actor,
    @IfMatch() expected: ExpectedVersion,
    @Body() { days }: ClosedDaysBody,
  ): Promise<ClosedDaysView> {
    return ClosedDaysView.of(orProblem(await this.councils.replaceClosedDays(actor, expected, days)));
  }
}
