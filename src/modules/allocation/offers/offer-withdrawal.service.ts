import type { PromiseRefusal } from '../../../shared/promise.js';
import { Injectable } from '@nestjs/common';
import { textLanguage } from '../../../shared/language.js';
import type { Tx } from '../../../platform/index.js';
import { CouncilsRepository } from '../../councils/index.js';
import { type RequestLine, RequestLinesService } from '../../requests/index.js';
import { withdrawalSentence } from '../domain/promise.texts.js';
import { OfferEndingService } from './offer-ending.service.js';
import { type Offer, OffersRepository } from './offers.repository.js';

const SYSTEM = { id: 'system' };

/** Takes back an offer that can no longer be kept. The family is not to blame: it is told why, and its line waits at its old place. */
@Injectable()
export class OfferWithdrawalService {
  constructor(
    private readonly offers: OffersRepository,
    private readonly ending: OfferEndingService,
    private readonly lines: RequestLinesService,
    private readonly councils: CouncilsRepository,
  ) {}

  /**
   * The offer must be live, and the offer and the line locked. The move of the line is announced like every move, as `revoke`; the offer
   * stores why.
   */
  async takeBack(tx: Tx, offer: Offer, line: RequestLine, why: readonly (PromiseRefusal | 'DEVICE_NOT_AVAILABLE')[]): Promise<void> {
    const { locale } = await this.councils.facts(tx);
    await this.offers.setWithdrawnFor(tx, offer.id, why);
    await this.ending.end(tx, SYSTEM, offer, 'revoke');
    await this.lines.endOffer(tx, SYSTEM.id, line, 'revoke', 'waiting', withdrawalSentence(why, textLanguage(locale)));
  }
}
