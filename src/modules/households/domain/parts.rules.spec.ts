import { expect, test } from '@jest/globals';
import { newId } from '../../../shared/ids.js';
import type { HouseholdContent } from './household.js';
import { changeFaults } from './household.rules.js';
import { completedChanges } from './parts.rules.js';

const phone = { id: 'Phone-1', category: 'smartphone', label: 'old', available: null } as const;
const before = {
  schoolId: null,
  homeAlone: null,
  bursaryLevel: null,
  connectivity: null,
  contacts: [],
  learners: [],
  equipment: [phone],
} as unknown as HouseholdContent;

test('a part with an id that does not stand is an unknown reference, not a new one that lacks something', () => {
  const { faults } = completedChanges(before, {
    contacts: [{ id: newId(), name: 'Nadia' }],
    learners: [{ id: newId() }],
    equipment: [{ id: 'x' }],
  });
  expect(faults.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
    '/contacts/0/id UNKNOWN_REFERENCE',
    '/learners/0/id UNKNOWN_REFERENCE',
    '/equipment/0/category REQUIRED',
  ]);
});

test('equipment is the same however its id is written, keeps the spelling that it has, and stands once', () => {
  const { changes, faults } = completedChanges(before, { equipment: [{ id: 'PHONE‑1', label: 'new' }] });
  expect([changes.equipment, faults]).toEqual([[{ ...phone, label: 'new' }], []]);
  const twice = [phone, { ...phone, id: 'phone-1' }];
  expect(changeFaults({ equipment: twice }, before)).toMatchObject([{ pointer: '/equipment/1/id', code: 'REPEATED' }]);
});
