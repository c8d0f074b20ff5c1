import { expect, test } from '@jest/globals';
import { isFromThisMachine } from './this-machine.guard.js';

const from = (remoteAddress: string | undefined, headers: Record<string, unknown>) => isFromThisMachine({ remoteAddress, headers });

test.each(['localhost:3000', 'LocalHost', '127.0.0.1:3000', '[::1]:3000', 'passerelle.localhost:80'])(
  '%s is a name of this machine',
  (host) => {
    expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].filter((address) => !from(address, { host }))).toEqual([]);
  },
);

test.each([
  'evil.example',
  'evil.example:3000',
  '127.0.0.1.evil.example:3000',
  'localhost.evil.example',
  'evil.example@localhost',
  'localhost:3000/evil',
  '192.168.1.10:3000',
  '0.0.0.0:3000',
  '',
  undefined,
  ['localhost', 'evil.example'],
])('%p is none', (host) => {
  expect(from('127.0.0.1', { host })).toBe(false);
});

test.each(['192.168.1.11', '::ffff:192.168.1.11', '2001:db8::1', undefined])(
  'who comes from %p is elsewhere, whatever they call it',
  (address) => {
    expect(from(address, { host: 'localhost:3000' })).toBe(false);
  },
);

test.each(['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'])(
  'so is who comes through a proxy that says %s',
  (header) => {
    expect(from('127.0.0.1', { host: 'localhost:3000', [header]: '127.0.0.1' })).toBe(false);
  },
);
