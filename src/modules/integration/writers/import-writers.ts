import type { Type } from '@nestjs/common';
import { DeviceImportRepository } from './device-import.repository.js';
import { DeviceImport } from './device-import.js';
import type { IMPORT_KINDS, ImportKindName } from '../domain/import-kinds.js';
import type { WriterOf } from './import-writer.js';
import { SchoolImportRepository } from './school-import.repository.js';

/** Who reads and writes what each kind is about. */
export const IMPORT_WRITERS: { readonly [Name in ImportKindName]: Type<WriterOf<(typeof IMPORT_KINDS)[Name]>> } = {
  schools: SchoolImportRepository,
  devices: DeviceImport,
};

/** The writers, and what they need that nobody else does. */
export const IMPORT_PROVIDERS = [...Object.values(IMPORT_WRITERS), DeviceImportRepository];
