import { Body, Controller, Header, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Offer, OfferMovesService, OffersService, PickupSlotsService } from '../../../modules/allocation/index.js';
import { SitesService } from '../../../modules/councils/index.js';
import { type LineMove, type LineMoveArguments, LineMovesService } from '../../../modules/requests/index.js';
import { IdPath, showPage } from '../../../platform/http/index.js';
import { Clock, orProblem, Problem } from '../../../platform/index.js';
import type { Denial } from '../../../shared/denial.js';
import { isUuid } from '../../../shared/ids.js';
import { type Fields, textIn } from '../../parts/forms.js';
import { wordsOfDenial } from '../../parts/problems/problem-words.js';
import { fieldsOfForm } from '../../parts/signed-in/carried-fields.js';
import { GetAsFamily, PostAsFamily } from '../../parts/signed-in/as-family.js';
import { type FamilyVisit, Visit } from '../../parts/signed-in/family-visit.js';
import { collectionCalendar } from './collection-calendar.js';
import { DonePath, goOn } from './done-path.js';
import { ANY_DAY, offerPage, type OfferPageFacts } from './offer.page.js';
import { doneOf, sayOfFile } from './parts.js';

/** The most times that one page shows. */
const MOST_SLOTS = 40;

type Shown = Pick<OfferPageFacts, 'told' | 'fields' | 'wrong'>;

/** What is offered to a family: its answer, and when it comes. */
@Controller('f/offers')
@ApiExcludeController()
export class FamilyOffersController {
  constructor(
    private readonly offers: OffersService,
    private readonly slots: PickupSlotsService,
    private readonly sites: SitesService,
    private readonly moves: LineMovesService,
    private readonly holdings: OfferMovesService,
    private readonly clock: Clock,
  ) {}

  @GetAsFamily(':id')
  show(
    @Visit() visit: FamilyVisit,
    @Param() { id }: IdPath,
    @Query() { done }: DonePath,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.page(visit, id, reply, { told: { done: doneOf(done) } });
  }

  @GetAsFamily(':id/calendar.ics')
  @Header('content-type', 'text/calendar; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="passerelle.ics"')
  async calendar(@Visit() visit: FamilyVisit, @Param() { id }: IdPath): Promise<string> {
    const { collection, booked } = await this.facts(visit, id);
    if (!collection || !booked) throw Problem.of('NOT_FOUND');
    const title = sayOfFile(visit.language)('collectTitle');
    return collectionCalendar({ offerId: id, slot: booked, site: collection.site, title }, this.clock.now());
  }

  @PostAsFamily(':id/accept')
  accept(@Visit() visit: FamilyVisit, @Param() { id }: IdPath, @Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.choose(visit, id, 'accept', fieldsOfForm(body), reply);
  }

  @PostAsFamily(':id/rebook')
  rebook(@Visit() visit: FamilyVisit, @Param() { id }: IdPath, @Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.choose(visit, id, 'rebook', fieldsOfForm(body), reply);
  }

  @PostAsFamily(':id/decline')
  async decline(
    @Visit() visit: FamilyVisit,
    @Param() { id }: IdPath,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const fields = fieldsOfForm(body);
    const then = textIn(fields, 'then');
    if (then !== 'wait' && then !== 'stop') return this.page(visit, id, reply.status(422), { told: {}, fields, wrong: { then: 'CHOOSE' } });
    const denial = await this.move(visit, id, 'decline', { noLongerNeeded: then === 'stop' }, ['declined', 'withdrawn']);
    return denial ? this.refuse(visit, id, denial, fields, reply) : goOn(reply, '/f', 'doneMoved');
  }

  private async choose(visit: FamilyVisit, id: string, move: 'accept' | 'rebook', fields: Fields, reply: FastifyReply): Promise<string> {
    const slot = textIn(fields, 'slot');
    const isAnyDay = move === 'accept' && slot === ANY_DAY;
    if (!isAnyDay && !isUuid(slot)) return this.page(visit, id, reply.status(422), { told: {}, fields, wrong: { slot: 'CHOOSE' } });
    const said = isAnyDay ? {} : { pickupSlotId: slot };
    const denial = await this.move(visit, id, move, said, move === 'accept' ? ['accepted'] : []);
    return denial ? this.refuse(visit, id, denial, fields, reply) : goOn(reply, `/f/offers/${id}`, 'doneMoved');
  }

  /** Moves the line of an offer that is still held; nothing where it stands so already, as after a form that was sent twice. */
  private async move(
    { actor }: FamilyVisit,
    id: string,
    move: LineMove,
    said: LineMoveArguments,
    done: readonly Offer['state'][],
  ): Promise<Denial | null> {
    const offer = orProblem(await this.offers.find(actor, id));
    if (done.includes(offer.state)) return null;
    const isHeld = offer.state === 'open' || offer.state === 'accepted';
    if (!isHeld) return { kind: 'refused', reasons: [{ code: 'OFFER_EXPIRED', overridable: false, message: 'the offer has ended' }] };
    const moved = await this.moves.move(actor, offer.lineId, move, said, this.holdings);
    if (moved.ok) return null;
    const now = orProblem(await this.offers.find(actor, id));
    return done.includes(now.state) ? null : moved.reason;
  }

  private refuse(visit: FamilyVisit, id: string, denial: Denial, fields: Fields, reply: FastifyReply): Promise<string> {
    return this.page(visit, id, reply.status(422), { told: { refusals: wordsOfDenial(denial, visit.language) }, fields });
  }

  private async page(visit: FamilyVisit, id: string, reply: FastifyReply, shown: Shown): Promise<string> {
    return showPage(reply, offerPage({ visit, ...(await this.facts(visit, id)), ...shown }));
  }

  private async facts({ actor }: FamilyVisit, id: string): Promise<Pick<OfferPageFacts, 'offer' | 'collection' | 'booked'>> {
    const offer = orProblem(await this.offers.find(actor, id));
    const found = await this.slots.collectionOf(actor, id, MOST_SLOTS);
    if (!found.ok) return { offer, collection: null, booked: null };
    const { siteId, slots } = found.value;
    const site = orProblem(await this.sites.get(actor.councilId, siteId));
    const booked = offer.pickupSlotId === null ? null : orProblem(await this.slots.find(actor, offer.pickupSlotId));
    return { offer, collection: { site, slots }, booked };
  }
}
