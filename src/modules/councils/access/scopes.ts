/** What each area holds, as the API's document has it. */
const AREAS = {
  inventory: 'devices, their models and their history',
  households: 'files of families',
  requests: 'requests and the queue',
  allocation: 'rounds, offers, pickups, the scale of points and the lottery',
  loans: 'loans and incidents',
  notices: 'what families are told',
  settings: 'the council, its places, people, clients and policies',
  imports: 'imports of files',
  webhooks: 'webhooks (of a later version)',
  reports: 'reports (of a later version)',
  audit: 'the audit trail',
} as const;

export type Scope = `${keyof typeof AREAS}:${'read' | 'write'}` | 'overrides:write';

/** Every scope that an API client can have, and what it is for. `write` does not include `read`. */
export const SCOPE_MEANINGS = Object.fromEntries([
  ...Object.entries(AREAS).flatMap(([area, held]) => [
    [`${area}:read`, `to read ${held}`],
    [`${area}:write`, `to change ${held}`],
  ]),
  ['overrides:write', 'to override reasons that may be overridden'],
]) as Readonly<Record<Scope, string>>;

export const SCOPES = Object.keys(SCOPE_MEANINGS) as readonly Scope[];

export const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);
