import { expect, test } from '@jest/globals';
import { day } from '../../../shared/day.js';
import { type ExchangeFacts, exchangeFaults, exchangeRefusals } from './exchange.rules.js';

const facts: ExchangeFacts = {
  item: { state: 'on_loan', class: 'computer' },
  device: { status: 'available', siteId: 'here', category: 'tablet', fund: null },
  learners: [{ level: 'college', schoolId: null }],
  siteId: 'here',
  today: day('2026-11-02'),
};

test('another device of the class, available at the desk, goes out for what the family has', () => {
  expect([exchangeFaults(facts), exchangeRefusals(facts)]).toEqual([[], []]);
});

test('every reason at once, in order, none of them to be overridden', () => {
  const fund = { eligibleLevels: ['lycee'], eligibleSchoolIds: null, startsOn: null, endsOn: null } as const;
  const refused = exchangeRefusals({
    ...facts,
    item: { ...facts.item, state: 'returned' },
    device: { ...facts.device, status: 'reserved', siteId: 'there', fund },
  });
  expect(refused.map(({ code, overridable }) => [code, overridable])).toEqual([
    ['ITEM_NOT_ON_LOAN', false],
    ['DEVICE_NOT_AVAILABLE', false],
    ['DEVICE_AT_ANOTHER_SITE', false],
    ['FUND_NOT_ELIGIBLE', false],
  ]);
});

test('a router is not exchanged for a computer', () => {
  expect(exchangeFaults({ ...facts, device: { ...facts.device, category: 'router' } })).toMatchObject([
    { pointer: '/deviceId', code: 'WRONG_CLASS' },
  ]);
});
