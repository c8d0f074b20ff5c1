import type { ImportKind } from './import-kind.js';
import { devices } from './kinds/devices.js';
import { schools } from './kinds/schools.js';

/**
 * What can be imported, in the order in which it is shown. A new kind is a file of kinds/ and a line here, its writer and a line of
 * import-writers.ts, and docs/imports.md, which `docs:imports` prints.
 */
export const IMPORT_KINDS = { schools, devices } as const satisfies Readonly<Record<string, ImportKind>>;

export type ImportKindName = keyof typeof IMPORT_KINDS;
export const IMPORT_KIND_NAMES = Object.keys(IMPORT_KINDS) as ImportKindName[];

/** What holds for any kind. */
export const importKindOf = (name: ImportKindName): ImportKind => IMPORT_KINDS[name];

/** The kinds whose form may name a site. */
export const KINDS_WITH_SITE = IMPORT_KIND_NAMES.filter((name) => importKindOf(name).siteIsFor !== null);
