import { stringify } from 'csv-stringify/sync';
import { spreadsheetSafe } from '../../../shared/csv-cell.js';
import { headerKey, REASONS_HEADER } from '../domain/header.rules.js';
import type { RowFault } from '../domain/row-outcome.js';
import type { ImportPlan } from './import-file.js';
import type { FailedRow } from '../imports/imports.repository.js';

const PAGE = 500;
/** A byte order mark, by which spreadsheets recognise UTF-8. */
const BOM = '\uFEFF';

/**
 * The failed rows as a CSV with the file's own header and separator, and a last column of reasons. No cell can be taken for a formula; when
 * this file is imported, the marks that prevent that are removed again.
 */
export async function* errorsCsv(
  plan: ImportPlan | null,
  failedRows: (after: number, limit: number) => Promise<readonly FailedRow[]>,
): AsyncGenerator<string> {
  const header = plan?.header ?? [];
  const kept = header.flatMap((text, place) => (headerKey(text) === headerKey(REASONS_HEADER) ? [] : [place]));
  const asText = (lines: readonly (readonly string[])[]) =>
    stringify(
      lines.map((cells) => cells.map(spreadsheetSafe)),
      { delimiter: plan?.delimiter ?? ',', record_delimiter: '\r\n' },
    );
  yield BOM + asText([[...kept.map((place) => header[place] ?? ''), REASONS_HEADER]]);
  for (let after = 0; ;) {
    const rows = await failedRows(after, PAGE);
    yield asText(
      rows.map(({ cells, faults }) => [
        ...kept.map((place) => cells[place] ?? ''),
        faults.map(inWords).join('; '),
        ...cells.slice(header.length),
      ]),
    );
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.line;
  }
}

function inWords({ column, message }: RowFault): string {
  return column === null ? message : `${column}: ${message}`;
}
