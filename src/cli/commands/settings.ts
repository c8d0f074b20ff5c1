import { describeSettings, settingsOfProcess } from '../../platform/config/settings.js';
import { options } from '../command.js';

export function listSettings(words: readonly string[]): unknown {
  options(words);
  return describeSettings(settingsOfProcess());
}
