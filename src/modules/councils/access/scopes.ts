const AREAS = [
  'inventory',
  'households',
  'requests',
  'allocation',
  'loans',
  'notices',
  'settings',
  'imports',
  'webhooks',
  'reports',
  'audit',
] as const;

export type Scope = `${(typeof AREAS)[number]}:${'read' | 'write'}` | 'overrides:write';

/** Every scope that an API client can have. `write` does not include `read`. */
export const SCOPES: readonly Scope[] = [...AREAS.flatMap((area) => [`${area}:read`, `${area}:write`] as const), 'overrides:write'];

export const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);
