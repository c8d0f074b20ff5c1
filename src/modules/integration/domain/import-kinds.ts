import type { ImportKind } from './import-kind.js';
import { devices } from './kinds/devices.js';
import { schools } from './kinds/schools.js';

/**
 * The kinds of import, in the order in which they are shown. A new kind needs a file in kinds/ and a line here, a writer and a line in
 * import-writers.ts, and docs/imports.md, which `docs:imports` prints.
 */
export const IMPORT_KINDS = { schools, devices } as const satisfies Readonly<Record<string, ImportKind>>;

export type ImportKindName = keyof typeof IMPORT_KINDS;
export const IMPORT_KIND_NAMES = Object.keys(IMPORT_KINDS) as ImportKindName[];

/** An import kind, without the types of its rows. */
export const importKindOf = (name: ImportKindName): ImportKind => IMPORT_KINDS[name];

/** The kinds whose form can name a site. */
export const KINDS_WITH_SITE = IMPORT_KIND_NAMES.filter((name) => importKindOf(name).siteIsFor !== null);
