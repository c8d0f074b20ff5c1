import { expect, test } from '@jest/globals';
import { powersOf } from './powers.rules.js';

test('a role is worth the scopes of its operations, and of its overrides', () => {
  const operations = [
    { rights: 'public' },
    { rights: { scope: 'loans:write', roles: ['council_manager', 'desk_agent'] } },
    { rights: { scope: 'settings:write', roles: ['council_manager'] } },
    { rights: { scope: 'any', roles: ['auditor', 'desk_agent'] } },
    { rights: { scope: null, roles: ['desk_agent'] } },
  ] as const;
  expect([...powersOf('council_manager', operations)]).toEqual(['overrides:write', 'loans:write', 'settings:write']);
  expect([...powersOf('desk_agent', operations)]).toEqual(['loans:write']);
  expect([...powersOf('auditor', operations)]).toEqual([]);
});
