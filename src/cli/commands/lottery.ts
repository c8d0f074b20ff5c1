import { checkedTicket, isSeed } from '../../modules/requests/domain/lottery.rules.js';
import { isUuid } from '../../shared/ids.js';
import { InvalidInput, options } from '../command.js';

export function checkLottery(words: readonly string[]): unknown {
  const { seed = '', value: publicValue = '', household: householdId = '' } = options(words, 'seed', 'value', 'household');
  const faults = [
    ...(isSeed(seed) ? [] : ['--seed: must be 32 bytes in hex']),
    ...(isUuid(householdId) ? [] : ['--household: must be an id']),
  ];
  if (faults.length > 0) throw new InvalidInput(faults);
  return checkedTicket({ seed, publicValue, householdId: householdId.toLowerCase() });
}
