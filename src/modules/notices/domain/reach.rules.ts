import { phoneInFigures } from '../../../shared/phone.js';
import type { Channel } from './channels.js';

/**
 * The address of families' pages as it stands in a message. An e-mail shows it whole, so that every program makes a link of it; in an SMS and on
 * paper it is short, because there each letter counts.
 */
export function pagesIn(channel: Channel, publicAddress: string): string {
  const pages = `${publicAddress}/f`;
  return channel === 'email' ? pages : pages.replace(/^https:\/\//, '');
}

/** The number to call as it stands in a message. In an SMS it has no blanks, which would turn its parts around in a text from right to left. */
export function phoneIn(channel: Channel, phone: string | null): string | null {
  if (phone === null) return null;
  const figures = phoneInFigures(phone);
  return channel === 'sms' ? figures.replace(/[^\d+]/g, '') : figures;
}
