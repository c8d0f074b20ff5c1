import { takesSms } from '../../../shared/phone.js';
import { type Channel, CHANNELS } from './channels.js';

/** How a person can be reached, as their file says now. */
export interface Reachability {
  readonly preferredChannel: Channel | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly hasAddress: boolean;
  /** The person has answered STOP, or messages to the number do not arrive. */
  readonly phoneMarked: boolean;
  readonly emailMarked: boolean;
}

/** Which channels the council and the program have set up. */
export type AvailableChannels = Readonly<Record<Channel, boolean>>;

/** Returns the channels by which a message can reach a person, in the order in which they are to be tried. */
export function channelsFor(
  order: readonly Channel[],
  person: Reachability,
  available: AvailableChannels,
  tried: readonly Channel[] = [],
): Channel[] {
  const reaches: Readonly<Record<Channel, boolean>> = {
    sms: person.phone !== null && !person.phoneMarked && takesSms(person.phone),
    email: person.email !== null && !person.emailMarked,
    letter: person.hasAddress,
  };
  const preferred = order.filter((channel) => channel === person.preferredChannel);
  return [...new Set([...preferred, ...order])].filter((channel) => reaches[channel] && available[channel] && !tried.includes(channel));
}

/**
 * Returns the order of channels of a message about several things: every channel that one of them names, in the order of the first one that
 * names it.
 */
export function commonOrder(orders: readonly (readonly Channel[])[]): Channel[] {
  const named = new Set(orders.flat());
  return [...named].sort((one, other) => rank(orders, one) - rank(orders, other));
}

function rank(orders: readonly (readonly Channel[])[], channel: Channel): number {
  const order = orders.find((each) => each.includes(channel)) ?? CHANNELS;
  return order.indexOf(channel);
}
