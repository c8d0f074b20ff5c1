import { expect, test } from '@jest/globals';
import { isPublicAddress, isThisMachine } from './addresses.js';

test.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '2a00:1450:4007:80e::200e', '2606:4700::1111'])(
  '%s is of the open internet',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
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
  expect(isPublicAddress(address)).toBe(false);
});

test('this machine is its loopback addresses and the names that stand for them', () => {
  const own = ['127.0.0.1', '127.8.9.10', '::1', '[::1]', '::ffff:127.0.0.1', 'localhost', 'LOCALHOST', 'passerelle.localhost'];
  expect(own.filter((host) => !isThisMachine(host))).toEqual([]);
  const others = [
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '::ffff:10.0.0.1',
    '2001:db8::1',
    '127.0.0.1.example.org',
    'localhost.example.org',
    'notlocalhost',
    '',
  ];
  expect(others.filter(isThisMachine)).toEqual([]);
});
