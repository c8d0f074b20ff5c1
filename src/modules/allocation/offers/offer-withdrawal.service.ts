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

/** Takes back what can no longer be honoured: the family is not to blame, is told why, and waits where it was. */
@Injectable()
export class OfferWithdrawalService {
  constructor(
    private readonly offers: OffersRepository,
    private readonly ending: OfferEndingService,
    private readonly lines: RequestLinesService,
    private readonly councils: CouncilsRepository,
  ) {}

  /** Of a locked, live offer and its locked line. Its move is announced as every move of a line: `revoke`, with why on the offer. */
  async takeBack(tx: Tx, offer: Offer, line: RequestLine, why: readonly (PromiseRefusal | 'DEVICE_NOT_AVAILABLE')[]): Promise<void> {
    const { locale } = await this.councils.facts(tx);
    await this.offers.setWithdrawnFor(tx, offer.id, why);
    await this.ending.end(tx, SYSTEM, offer, 'revoke');
    await this.lines.endOffer(tx, SYSTEM.id, line, 'revoke', 'waiting', withdrawalSentence(why, textLanguage(locale)));
  }
}
