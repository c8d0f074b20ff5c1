import { expect, test } from '@jest/globals';
import { scopesOfRole } from './role-scopes.rules.js';

test('a role is worth the scopes of its operations, and of its overrides', () => {
  const operations = [
    { rights: 'public' },
    { rights: { scope: 'loans:write', roles: ['council_manager', 'desk_agent'] } },
    { rights: { scope: 'settings:write', roles: ['council_manager'] } },
    { rights: { scope: 'any', roles: ['auditor', 'desk_agent'] } },
    { rights: { scope: null, roles: ['desk_agent'] } },
  ] as const;
  expect([...scopesOfRole('council_manager', operations)]).toEqual(['overrides:write', 'loans:write', 'settings:write']);
  expect([...scopesOfRole('desk_agent', operations)]).toEqual(['loans:write']);
  expect([...scopesOfRole('auditor', operations)]).toEqual([]);
});
