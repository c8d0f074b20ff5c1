import { expect, test } from '@jest/globals';
import { DEVICE_CATEGORIES, classOf } from './vocabulary.js';

test('each of the ten categories has its class', () => {
  expect(Object.fromEntries(DEVICE_CATEGORIES.map((category) => [category, classOf(category)]))).toEqual({
    laptop: 'computer',
    desktop: 'computer',
    tablet: 'computer',
    smartphone: 'connectivity',
    router: 'connectivity',
    sim: 'connectivity',
    headset: 'accessory',
    webcam: 'accessory',
    printer: 'accessory',
    charger: 'accessory',
  });
});
