import { expect, test } from '@jest/globals';
import { isOpenAddress } from './addresses.js';

test.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '2a00:1450:4007:80e::200e', '2606:4700::1111'])(
  '%s is of the open internet',
  (address) => {
    expect(isOpenAddress(address)).toBe(true);
  },
);

test.each([
  ...[
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
  ],
  ...[
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    'ff02::1',
  ],
  ...['localhost', '', '127.1', '0x7f000001'],
])('%s is not', (address) => {
  expect(isOpenAddress(address)).toBe(false);
});
