import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import { notFound, type Outcome } from '../../../shared/denial.js';
import { ok, refused } from '../../../shared/result.js';
import { type Actor, CouncilsRepository, reachOfList, reachOver } from '../../councils/index.js';
import { HouseholdCardsService, SharedFilesService, type WithHousehold } from '../../households/index.js';
import { RequestLinesService } from '../../requests/index.js';
import { OfferExplanationsRepository } from '../decisions/offer-explanations.repository.js';
import { QUEUE_BYPASS_ACTIONS } from '../decisions/passed-over.repository.js';
import { PassedOverRecorder } from '../decisions/passed-over-recorder.js';
import { OfferMaker, type PlannedOffer } from './offer-maker.js';
import { type NewOffer, type Offer, type OfferDevice, type OfferFilter, OffersRepository } from './offers.repository.js';

/** An offer as a contact of a shared file sees it of which another may have chosen the hour. */
const withoutHour = (offer: Offer): Offer => ({ ...offer, pickupSlotId: null });

/** Reads offers, and places one device by hand. */
@Injectable()
export class OffersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly offers: OffersRepository,
    private readonly maker: OfferMaker,
    private readonly lines: RequestLinesService,
    private readonly passedOver: PassedOverRecorder,
    private readonly explanations: OfferExplanationsRepository,
    private readonly councils: CouncilsRepository,
    private readonly households: HouseholdCardsService,
    private readonly shared: SharedFilesService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  find(actor: Actor, id: string): Promise<Outcome<Offer>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const { schoolId } = await reachOver(actor, () => this.offers.householdOf(tx, id));
      const offer = await this.offers.find(tx, schoolId, id);
      const [seen] = offer ? await this.asSeen(tx, actor, [offer]) : [];
      return seen ? ok(seen) : notFound();
    });
  }

  /** In the order of ids. Returns one more than `limit` when more follow. */
  list(actor: Actor, filter: OfferFilter, after: string | null, limit: number): Promise<(Offer & WithHousehold)[]> {
    const { householdId, reach } = reachOfList(actor, filter.householdId);
    return this.transactions.read(actor.councilId, async (tx) => {
      const offers = await this.offers.list(tx, reach.schoolId, { ...filter, householdId }, after, limit);
      return this.households.attach(tx, actor, await this.asSeen(tx, actor, offers));
    });
  }

  /**
   * Holds a device for a line out of turn. The reason is stored in the line's history and in the audit trail, and families who are passed
   * over can read it.
   */
  place(actor: Actor, asked: Pick<PlannedOffer, 'lineId' | 'deviceId'> & { readonly reason: string }): Promise<Outcome<Offer>> {
    return this.transactions.write(actor, async (tx) => {
      const made = await this.maker.make(tx, actor, [{ ...asked, roundId: null }]);
      const [denied] = made.ok ? [] : made.reason;
      if (denied) return refused(denied.denial);
      const [offer] = made.ok ? made.value : [];
      if (!offer) throw new Error('an offer was neither made nor refused');
      tx.made('offer', offer.id);
      await this.audit.record(tx, { actor: actor.id, action: QUEUE_BYPASS_ACTIONS.placement, subject: offer.id, reason: asked.reason });
      await this.explanations.keep(tx, offer);
      await this.passOver(tx, offer);
      return ok((await this.offers.find(tx, null, offer.id)) as Offer);
    });
  }

  /** In a file that several contacts share, who chose an hour sees it. */
  private async asSeen(tx: Tx, actor: Actor, offers: readonly Offer[]): Promise<Offer[]> {
    const lineIds = actor.family ? offers.map(({ lineId }) => lineId) : [];
    const bookers = await this.offers.bookers(tx, lineIds);
    return this.shared.shown(tx, actor, offers, (offer) => (bookers.get(offer.lineId) === actor.id ? offer : withoutHour(offer)));
  }

  private async passOver(tx: Tx, { id, lineId, deviceId, householdId }: NewOffer): Promise<void> {
    const [line] = await this.lines.lockMany(tx, [lineId]);
    const device = (await this.offers.lockDevices(tx, [deviceId])).get(deviceId) as OfferDevice;
    const today = this.clock.today((await this.councils.facts(tx)).timeZone);
    const decision = { kind: 'placement', decisionId: id } as const;
    await this.passedOver.record(tx, { ...decision, pool: { ...device, today }, householdId, place: line ?? null });
  }
}
