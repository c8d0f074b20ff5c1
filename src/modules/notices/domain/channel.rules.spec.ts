import { describe, expect, test } from '@jest/globals';
import { channelsFor, commonOrder, type Reachability } from './channel.rules.js';
import { CHANNELS } from './channels.js';

const person: Reachability = {
  preferredChannel: null,
  phone: '+33612345678',
  email: 'nadia@example.org',
  hasAddress: true,
  phoneMarked: false,
  emailMarked: false,
};
const all = { sms: true, email: true, letter: true };
const by = (set: Partial<Reachability> = {}, available = all, tried: ('sms' | 'email' | 'letter')[] = []) =>
  channelsFor(CHANNELS, { ...person, ...set }, available, tried);

describe('the channels', () => {
  test('in the order of the policy, the one that the person prefers before the others', () => {
    expect(by()).toEqual(['sms', 'email', 'letter']);
    expect(by({ preferredChannel: 'letter' })).toEqual(['letter', 'sms', 'email']);
    expect(channelsFor(['email'], { ...person, preferredChannel: 'sms' }, all)).toEqual(['email']);
  });

  test('no phone: e-mail; neither: a letter; nothing: nobody can be reached', () => {
    expect(by({ phone: null })[0]).toBe('email');
    expect(by({ phone: null, email: null })).toEqual(['letter']);
    expect(by({ phone: null, email: null, hasAddress: false })).toEqual([]);
  });

  test('not by what said STOP, by what bounced, by what is not set up, or by what was tried', () => {
    expect(by({ phoneMarked: true })).toEqual(['email', 'letter']);
    expect(by({ emailMarked: true })).toEqual(['sms', 'letter']);
    expect(by({}, { ...all, sms: false })).toEqual(['email', 'letter']);
    expect(by({}, all, ['sms', 'email'])).toEqual(['letter']);
  });
});

test('a message about several things may go by whatever one of them may', () => {
  expect(
    commonOrder([
      ['email', 'sms'],
      ['sms', 'email', 'letter'],
    ]),
  ).toEqual(['email', 'sms', 'letter']);
  expect(commonOrder([['email']])).toEqual(['email']);
});
