import { expect, test } from '@jest/globals';
import { leavesNoManager, workplaceFaults } from './user.rules.js';

test.each([
  ['council_manager', null, null, []],
  ['auditor', null, null, []],
  ['school_administrator', 's', null, []],
  ['desk_agent', null, 't', []],
  ['school_administrator', null, null, ['/schoolId REQUIRED']],
  ['desk_agent', 's', null, ['/schoolId INVALID', '/siteId REQUIRED']],
  ['council_manager', 's', 't', ['/schoolId INVALID', '/siteId INVALID']],
] as const)('%s at school %s and site %s: %j', (role, schoolId, siteId, expected) => {
  expect(workplaceFaults({ role, schoolId, siteId }).map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(expected);
});

const manager = { id: 'a', role: 'council_manager', active: true } as const;

test('only the last active manager cannot go', () => {
  expect(leavesNoManager(manager, { ...manager, active: false }, ['a'])).toBe(true);
  expect(leavesNoManager(manager, { ...manager, role: 'auditor' }, ['a'])).toBe(true);
  expect(leavesNoManager(manager, { ...manager, role: 'auditor' }, ['a', 'b'])).toBe(false);
  expect(leavesNoManager(manager, manager, ['a'])).toBe(false);
  const inactive = { ...manager, active: false };
  expect(leavesNoManager(inactive, { ...inactive, role: 'auditor' }, [])).toBe(false);
});
