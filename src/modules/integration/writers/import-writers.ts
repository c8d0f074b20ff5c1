import type { Type } from '@nestjs/common';
import { DeviceImportRepository } from './device-import.repository.js';
import { DeviceImportWriter } from './device-import-writer.js';
import type { IMPORT_KINDS, ImportKindName } from '../domain/import-kinds.js';
import type { WriterOf } from './import-writer.js';
import { SchoolImportRepository } from './school-import.repository.js';

/** The writer of each kind. */
export const IMPORT_WRITERS: { readonly [Name in ImportKindName]: Type<WriterOf<(typeof IMPORT_KINDS)[Name]>> } = {
  schools: SchoolImportRepository,
  devices: DeviceImportWriter,
};

/** The writers, and the classes that only they need. */
export const IMPORT_PROVIDERS = [...Object.values(IMPORT_WRITERS), DeviceImportRepository];
