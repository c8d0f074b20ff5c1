import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersPage,
  Conflicts,
  Creates,
  Cursors,
  IdPath,
  Makes,
  type Page,
  Refuses,
  Shows,
} from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { PLACEMENT_REFUSALS } from '../domain/offer.rules.js';
import { ListedOfferView, OffersQuery, OfferView, PlacementBody } from './dto/offer.dto.js';
import { OffersService } from './offers.service.js';

const LIST = 'offers';

@ApiTags('offers')
@Controller('api/v1')
export class OffersController {
  constructor(
    private readonly offers: OffersService,
    private readonly cursors: Cursors,
  ) {}

  @Get('offers')
  @About('List offers', 'Devices that are or were held for a line, in the order of their ids. A family sees those of its own lines.')
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @AnswersPage(ListedOfferView)
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor, ...filter }: OffersQuery): Promise<Page<ListedOfferView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.offers.list(actor, filter, after as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], ListedOfferView.of);
  }

  @Get('offers/:id')
  @About('Read an offer', 'One device that is or was held for one line, until when, and what became of it.')
  @Shows('offer')
  @Rights('allocation:read', 'council_manager', 'school_administrator', 'auditor', 'family')
  @Answers(OfferView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<OfferView> {
    return OfferView.of(orProblem(await this.offers.find(actor, id)));
  }

  @Post('placements')
  @About(
    'Place a device by hand',
    'Offers an available device to a line that waits, past the order of the queue. The reason is shown to this family and to those whom it passes over. What the desk would have to refuse is refused here.',
  )
  @Makes('offer')
  @Rights('allocation:write', 'council_manager')
  @Creates(OfferView, 'the device is held for the line')
  @Conflicts('INVALID_MOVE')
  @Refuses(PLACEMENT_REFUSALS)
  async place(@CurrentActor() actor: Actor, @Body() { lineId, deviceId, reason }: PlacementBody): Promise<OfferView> {
    return OfferView.of(orProblem(await this.offers.place(actor, { lineId, deviceId, reason })));
  }
}
