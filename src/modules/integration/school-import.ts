import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/index.js';
import { newId } from '../../shared/ids.js';
import { SCHOOL_COLUMNS } from './domain/import-columns.js';
import type { RowCells } from './domain/row-cells.js';
import type { RowResult } from './domain/row-outcome.js';
import { decideSchools, schoolKeys } from './domain/school-import.rules.js';
import { readSchoolRow } from './domain/school-row.rules.js';
import type { BatchContext, ImportKind } from './import-kind.js';
import { ImportsRepository } from './imports.repository.js';
import { SchoolImportRepository } from './school-import.repository.js';

/** Schools and their sites, from the French school directory. */
@Injectable()
export class SchoolImport implements ImportKind {
  readonly columns = SCHOOL_COLUMNS;

  constructor(
    private readonly imports: ImportsRepository,
    private readonly repository: SchoolImportRepository,
  ) {}

  async take(tx: Tx, { importId, mode, now }: BatchContext, cells: readonly RowCells[]): Promise<readonly RowResult[]> {
    const rows = cells.map(readSchoolRow);
    const codes = rows.flatMap(({ code }) => code ?? []);
    const schools = await (mode === 'apply' ? this.repository.lockSchools(tx, codes) : this.repository.schools(tx, codes));
    const met = await this.imports.keysMet(tx, importId, schoolKeys(rows, schools));
    const decisions = decideSchools(rows, { schools, met, newId });
    if (mode === 'apply') await this.repository.write(tx, decisions, now);
    await this.imports.meet(tx, importId, met);
    return decisions.results;
  }
}
