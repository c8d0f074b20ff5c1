import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, AnswersPage, Creates, Cursors, IdPath, Makes, type Page, Shows } from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { PickupSlotBody, PickupSlotsQuery, PickupSlotView } from './dto/pickup-slot.dto.js';
import { PickupSlotsService } from './pickup-slots.service.js';

const LIST = 'pickup-slots';

@ApiTags('offers')
@Controller('api/v1/pickup-slots')
export class PickupSlotsController {
  constructor(
    private readonly slots: PickupSlotsService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About(
    'List pickup slots',
    'Times at which families may collect devices, with how many places of each are taken. A family sees those of a site where a device is held for it, and names the site where there are several.',
  )
  @Rights('requests:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor', 'family')
  @AnswersPage(PickupSlotView)
  async list(@CurrentActor() actor: Actor, @Query() { siteId, from, to, limit, cursor }: PickupSlotsQuery): Promise<Page<PickupSlotView>> {
    const after = this.cursors.after(LIST, cursor) as readonly [string, string] | null;
    const filter = { siteId, from: from === undefined ? from : new Date(from), to: to === undefined ? to : new Date(to) };
    const rows = await this.slots.list(actor, filter, after, limit);
    return this.cursors.page(LIST, rows, limit, ({ startsAt, id }) => [startsAt.toISOString(), id], PickupSlotView.of);
  }

  @Post()
  @About('Add a pickup slot', 'A time at one site at which a number of families may come. More are never booked.')
  @Makes('pickup_slot')
  @Rights('allocation:write', 'council_manager', 'school_administrator')
  @Creates(PickupSlotView)
  async create(@CurrentActor() actor: Actor, @Body() { siteId, startsAt, endsAt, capacity }: PickupSlotBody): Promise<PickupSlotView> {
    const asked = { siteId, startsAt: new Date(startsAt), endsAt: new Date(endsAt), capacity };
    return PickupSlotView.of(orProblem(await this.slots.create(actor, asked)));
  }

  @Shows('pickup_slot')
  async shown(actor: Actor, { id }: IdPath): Promise<PickupSlotView> {
    return PickupSlotView.of(orProblem(await this.slots.find(actor, id)));
  }
}
