import { expect, test } from '@jest/globals';
import { atHomeOf, type VisitorHousehold } from './visitor-household.js';

const evenings = { time: 'evenings' } as const;
const always = { time: 'always' } as const;
const phone = { id: 'a', category: 'smartphone', available: evenings } as const;
const home = (changes: Partial<VisitorHousehold>): VisitorHousehold => ({
  learners: [{ id: 'amal', name: 'Amal', level: 'college' }],
  devices: [phone],
  connection: 'fixed',
  ...changes,
});

test('a connection that a telephone shares is there when a telephone is', () => {
  const { equipment, connectivity } = atHomeOf(home({ connection: 'phone' }));
  expect(connectivity).toEqual({ kind: 'mobile', simultaneousLive: null, available: equipment[0]?.available });
  const two = atHomeOf(home({ connection: 'phone', devices: [phone, { ...phone, id: 'b', available: always }] }));
  expect(two.connectivity?.available).toBeNull();
  const laptop = { id: 'c', category: 'laptop', available: evenings } as const;
  expect(atHomeOf(home({ connection: 'phone', devices: [laptop] })).connectivity?.available).toBeNull();
});

test.each(['fixed', 'mobile', 'none'] as const)('a %s connection has no hours of its own', (connection) => {
  expect(atHomeOf(home({ connection })).connectivity).toEqual({ kind: connection, simultaneousLive: null, available: null });
});
