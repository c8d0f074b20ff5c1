import { FirstSchema1796000000000 } from './0001-first-schema.js';

/** What is done to a database, in order: each once, and never changed after a release. */
export const MIGRATIONS = [FirstSchema1796000000000];
