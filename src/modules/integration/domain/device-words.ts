import { foldForSearch } from '../../../shared/plain-text.js';
import { DEVICE_CATEGORIES, DEVICE_CONDITIONS, type DeviceCategory, type DeviceCondition } from '../../../shared/vocabulary.js';
import { UnreadableCell } from './row-cells.js';

/** The names of the categories in inventories, besides the words of this program. */
const CATEGORY_NAMES: Readonly<Record<DeviceCategory, readonly string[]>> = {
  laptop: ['laptops', 'notebook', 'notebooks', 'ordinateur portable', 'ordinateurs portables', 'pc portable', 'pc portables'],
  desktop: ['desktops', 'desktop computer', 'desktop computers', 'ordinateur fixe', 'ordinateurs fixes', 'pc fixe', 'pc fixes'],
  tablet: ['tablets', 'tablette', 'tablettes'],
  smartphone: ['smartphones', 'mobile phone', 'mobile phones'],
  router: ['routers', '4g router', '4g routers', 'routeur', 'routeurs', 'routeur 4g', 'routeurs 4g'],
  sim: ['sims', 'sim card', 'sim cards', 'carte sim', 'cartes sim'],
  headset: ['headsets', 'casque', 'casques'],
  webcam: ['webcams'],
  printer: ['printers', 'imprimante', 'imprimantes'],
  charger: ['chargers', 'chargeur', 'chargeurs'],
};
const CATEGORY_OF = new Map(
  DEVICE_CATEGORIES.flatMap((category) => [category, ...CATEGORY_NAMES[category]].map((name) => [name, category] as const)),
);

/** Reads a category by its name, singular or plural, English or French. */
export function readCategory(text: string): DeviceCategory | UnreadableCell {
  return CATEGORY_OF.get(foldForSearch(text)) ?? new UnreadableCell('NOT_ONE_OF', `must be one of ${DEVICE_CATEGORIES.join(', ')}`);
}

const CONDITION_NAMES: Readonly<Record<DeviceCondition, readonly string[]>> = {
  new: ['neuf', 'neuve', 'brand new', 'comme neuf', 'like new'],
  good: ['bon', 'bonne', 'bon etat', 'tres bon etat', 'tres bon', 'very good', 'ok', 'used'],
  worn: ['use', 'usee', 'usage', 'usagee', 'etat moyen', 'moyen', 'fair'],
  damaged: ['endommage', 'endommagee', 'abime', 'abimee', 'casse', 'cassee', 'mauvais etat', 'mauvais', 'poor', 'broken'],
  unusable: ['inutilisable', 'hs', 'hors service', "hors d'usage", 'for parts'],
};
const CONDITION_OF = new Map(
  DEVICE_CONDITIONS.flatMap((condition) => [condition, ...CONDITION_NAMES[condition]].map((name) => [name, condition] as const)),
);

/** Reads a condition by its name, English or French. */
export function readCondition(text: string): DeviceCondition | UnreadableCell {
  return CONDITION_OF.get(foldForSearch(text)) ?? new UnreadableCell('NOT_ONE_OF', `must be one of ${DEVICE_CONDITIONS.join(', ')}`);
}

const MOST_ACCESSORIES = 20;
const LONGEST_ACCESSORY = 100;

/** Reads names of accessories that are separated by commas, semicolons, bars, plus signs or line ends. */
export function readAccessories(text: string): readonly string[] | UnreadableCell {
  const names = [...new Set(text.split(/[,;|+\r\n]/).map((name) => name.trim()))].filter((name) => name !== '');
  if (names.length > MOST_ACCESSORIES) return new UnreadableCell('TOO_MANY', `must be at most ${MOST_ACCESSORIES} accessories`);
  const isLong = names.some((name) => name.length > LONGEST_ACCESSORY);
  return isLong ? new UnreadableCell('TOO_LONG', `must name each accessory in at most ${LONGEST_ACCESSORY} characters`) : names;
}
