export { AllocationModule } from './allocation.module.js';
export { parseRound } from './domain/parse-round.js';
export { roundResult } from './domain/round-result.js';
export { LIVE_OFFER_STATES, offerMachine } from './domain/offer.machine.js';
export { HeldDevices } from './held-devices.js';
export { OfferMaker } from './offer-maker.js';
export { Offers1790000001500 } from './offers.migration.js';
export type { LineInput, RoundInput } from './domain/round.js';
