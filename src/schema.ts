import { MIGRATIONS } from './migrations/index.js';
import { Fund, School, Site } from './modules/councils/index.js';
import { ApiClient, User } from './modules/identity/index.js';
import { DeviceModel } from './modules/inventory/index.js';
import { Kit, SchoolProfileRow } from './modules/needs/index.js';
import type { Schema } from './platform/database/index.js';

/** What the database has, and the tables that TypeORM reads and writes itself. */
export const schema: Schema = {
  entities: [ApiClient, DeviceModel, Fund, Kit, School, SchoolProfileRow, Site, User],
  migrations: MIGRATIONS,
};
