export { AllocationModule } from './allocation.module.js';
export { parseRound } from './domain/parse-round.js';
export { roundResult } from './domain/round-result.js';
export type { LineInput, RoundInput } from './domain/round.js';
