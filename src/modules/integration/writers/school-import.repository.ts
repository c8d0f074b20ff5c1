import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { newId } from '../../../shared/ids.js';
import { storedPlace } from '../../../shared/stored-address.js';
import type { SchoolStock } from '../domain/kinds/schools.js';
import type { KnownSchool, SchoolDecisions } from '../domain/school-import.rules.js';
import type { SchoolRow } from '../domain/school-row.rules.js';
import type { BatchContext, ImportWriter } from './import-writer.js';

const SCHOOLS = `
  SELECT s.id, s.code, s.name, s.level, s.municipality_code AS "municipalityCode", s.email, coalesce(p.sites, '[]') AS sites
  FROM schools s LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'address', p.address) ORDER BY p.id) AS sites
    FROM sites p WHERE p.council_id = current_council() AND p.school_id = s.id) p ON true
  WHERE s.council_id = current_council() AND s.code = ANY ($1::text[])`;
const LOCK_SCHOOLS = `
  SELECT FROM schools WHERE council_id = current_council() AND code = ANY ($1::text[]) ORDER BY id FOR UPDATE`;

const VALUES = `jsonb_to_recordset($1::jsonb) AS given (id uuid, code text, name text, level text, "municipalityCode" text, email text)`;
const INSERT_SCHOOLS = `
  INSERT INTO schools (council_id, id, code, name, level, municipality_code, email, created_at, updated_at)
  SELECT current_council(), id, code, name, level, "municipalityCode", email, $2, $2 FROM ${VALUES}`;
const UPDATE_SCHOOLS = `
  UPDATE schools s SET name = given.name, level = given.level, municipality_code = given."municipalityCode", email = given.email,
    version = s.version + 1, updated_at = $2
  FROM ${VALUES} WHERE s.council_id = current_council() AND s.id = given.id`;

const SITES = `jsonb_to_recordset($1::jsonb) AS given (id uuid, name text, address jsonb, "schoolId" uuid)`;
const INSERT_SITES = `
  INSERT INTO sites (council_id, id, name, address, school_id, created_at, updated_at)
  SELECT current_council(), id, name, address, "schoolId", $2, $2 FROM ${SITES}`;
const UPDATE_SITES = `
  UPDATE sites s SET name = given.name, address = given.address, version = s.version + 1, updated_at = $2
  FROM ${SITES} WHERE s.council_id = current_council() AND s.id = given.id`;

/** Reads and writes schools and sites in batches, in the tables schools and sites of councils. */
@Injectable()
export class SchoolImportRepository implements ImportWriter<SchoolRow, SchoolStock, SchoolDecisions> {
  /** The schools with the codes of the rows. In an import that is applied, they and their sites are locked until the transaction ends. */
  async facts(tx: Tx, { mode }: BatchContext, rows: readonly SchoolRow[]): Promise<SchoolStock> {
    const codes = rows.flatMap(({ code }) => code ?? []);
    if (mode === 'apply') await tx.execute(LOCK_SCHOOLS, [codes]);
    return { schools: await this.schools(tx, codes), newId };
  }

  private async schools(tx: Tx, codes: readonly string[]): Promise<Map<string, KnownSchool>> {
    const schools = await tx.query<KnownSchool>(SCHOOLS, [codes]);
    return new Map(
      schools.map((school) => [
        school.code,
        { ...school, sites: school.sites.map((site) => ({ ...site, address: storedPlace(site.address) })) },
      ]),
    );
  }

  async write(tx: Tx, { now }: BatchContext, decisions: SchoolDecisions): Promise<void> {
    const { newSchools, changedSchools, newSites, changedSites } = decisions;
    const steps = [
      [INSERT_SCHOOLS, newSchools],
      [UPDATE_SCHOOLS, changedSchools],
      [INSERT_SITES, newSites],
      [UPDATE_SITES, changedSites],
    ] as const;
    for (const [statement, values] of steps) if (values.length > 0) await tx.execute(statement, [JSON.stringify(values), now]);
  }
}
