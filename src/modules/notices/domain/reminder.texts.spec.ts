import { expect, test } from '@jest/globals';
import { reminderLanguage } from './reminder.texts.js';

test('the first language that we have, of whichever region; French when there is none', () => {
  expect(reminderLanguage('en-GB', 'fr')).toBe('en');
  expect(reminderLanguage(null, 'ar', 'en')).toBe('en');
  expect(reminderLanguage('frr', 'en')).toBe('en'); // North Frisian is not French
  expect(reminderLanguage('ar')).toBe('fr');
});
