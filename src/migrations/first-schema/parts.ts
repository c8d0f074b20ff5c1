import { ALLOCATION } from './allocation.js';
import { COUNCILS } from './councils.js';
import { HOUSEHOLDS } from './households.js';
import { IDENTITY } from './identity.js';
import { INTEGRATION } from './integration.js';
import { INVENTORY } from './inventory.js';
import { LOANS } from './loans.js';
import { NEEDS } from './needs.js';
import { NOTICES } from './notices.js';
import { PLATFORM } from './platform.js';
import { REQUESTS } from './requests.js';
import { ROLES } from './roles.js';
import { ROUNDS } from './rounds.js';
import type { SchemaPart } from './schema-part.js';

/** From the ground up: what a table refers to stands before it. */
export const PARTS: readonly SchemaPart[] = [
  ROLES,
  PLATFORM,
  COUNCILS,
  IDENTITY,
  INVENTORY,
  HOUSEHOLDS,
  NEEDS,
  REQUESTS,
  ALLOCATION,
  ROUNDS,
  LOANS,
  NOTICES,
  INTEGRATION,
];
