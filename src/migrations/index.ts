import { FirstSchema1796000000000 } from './0001-first-schema.js';
import { InstantOrNull1796000000100 } from './0002-instant-or-null.js';
import { FamilySignIn1796000000200 } from './0003-family-sign-in.js';
import { Asking1796000000400 } from './0005-asking.js';

/** What is done to a database, in order: each once, and never changed after a release. */
export const MIGRATIONS = [FirstSchema1796000000000, InstantOrNull1796000000100, FamilySignIn1796000000200, Asking1796000000400];
