import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, AnswersPage, Cursors, type Page } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { PickupsQuery, PickupView } from './dto/pickup.dto.js';
import { PickupsService } from './pickups.service.js';

const LIST = 'pickups';

@ApiTags('offers')
@Controller('api/v1/pickups')
export class PickupsController {
  constructor(
    private readonly pickups: PickupsService,
    private readonly cursors: Cursors,
  ) {}

  /** The day of a desk: which families come to collect which devices, by the time that they booked; families without a slot come last. */
  @Get()
  @About('List a day’s pickups', 'Who comes to collect what at a desk on one day, with those who booked no time and may come on any day.')
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(PickupView)
  async list(@CurrentActor() actor: Actor, @Query() { siteId, day, limit, cursor }: PickupsQuery): Promise<Page<PickupView>> {
    const after = this.cursors.after(LIST, cursor) as readonly [string, string] | null;
    const rows = orProblem(await this.pickups.ofDay(actor, { siteId, day }, after, limit));
    return this.cursors.page(LIST, rows, limit, ({ begins, offerId }) => [begins, offerId], PickupView.of);
  }
}
