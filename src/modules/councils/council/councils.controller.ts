import { Body, Controller, Get, Patch, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, IfMatch } from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../access/actor.js';
import { CurrentActor, Rights } from '../access/declared-rights.js';
import { CouncilsService } from './councils.service.js';
import { ClosedDaysBody, ClosedDaysView, CouncilChanges, CouncilView } from './dto/council.dto.js';

/** The caller's own council; no caller can see another one. */
@ApiTags('council')
@Controller('api/v1')
export class CouncilsController {
  constructor(private readonly councils: CouncilsService) {}

  @Get('council')
  @About('Read the council', 'The caller’s own council: its name, time zone, languages and switches.')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(CouncilView)
  async get(@CurrentActor() actor: Actor): Promise<CouncilView> {
    return CouncilView.of(orProblem(await this.councils.get(actor.councilId)));
  }

  @Patch('council')
  @About('Change the council', 'Changes what is named and leaves the rest. With another time zone the queue is ranked again.')
  @Rights('settings:write', 'council_manager')
  @Answers(CouncilView)
  async update(@CurrentActor() actor: Actor, @IfMatch() expected: ExpectedVersion, @Body() body: CouncilChanges): Promise<CouncilView> {
    return CouncilView.of(orProblem(await this.councils.update(actor, expected, body)));
  }

  @Get('closed-days')
  @About(
    'Read the closed days',
    'Days beyond weekends on which nothing is due and nothing is handed over. Before the first PUT there are none, and the ETag is `"0"`.',
  )
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(ClosedDaysView)
  async closedDays(@CurrentActor() actor: Actor): Promise<ClosedDaysView> {
    return ClosedDaysView.of(await this.councils.closedDays(actor.councilId));
  }

  @Put('closed-days')
  @About('Replace the closed days', 'Writes the whole list.')
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
