import { cleanEmail, isEmail } from '../../../shared/email.js';
import { frenchCode } from '../../../shared/french-codes.js';
import { foldForSearch, plainForm } from '../../../shared/plain-text.js';
import { normaliseUai } from '../../../shared/uai.js';
import type { SchoolLevel, Site } from '../../councils/index.js';
import type { SchoolColumn } from './import-columns.js';
import { type RowCells, UnreadableCell } from './row-cells.js';

/** What one row says of a school; null is what it does not say. */
export interface SchoolRow {
  readonly cells: RowCells<SchoolColumn>;
  readonly code: string | null;
  readonly name: string | null;
  readonly level: SchoolLevel | null;
  readonly municipalityCode: string | null;
  readonly email: string | null;
  /** Null when postal code or town are missing. */
  readonly address: Site['address'] | null;
}

const WRONG_CODE = new UnreadableCell('INVALID_UAI', 'must be a UAI code: seven digits and their letter');
const WRONG_EMAIL = new UnreadableCell('INVALID_EMAIL', 'must be an e-mail address');
const LEVELS: Readonly<Record<string, SchoolLevel>> = { ecole: 'primary', primary: 'primary', college: 'college', lycee: 'lycee' };

/** Reads a row; what is wrong with its cells is in them afterwards. Schools about to open or to close are open or soon open; closed ones are refused. */
export function readSchoolRow(cells: RowCells<SchoolColumn>): SchoolRow {
  const code = codeOf(cells);
  const name = cells.name('name', 200);
  if (name === null) cells.required('name');
  const level = cells.value('level', levelOf);
  const email = cells.value('email', (text) => (isEmail(cleanEmail(text)) ? cleanEmail(text) : WRONG_EMAIL), 254);
  const postalCode = frenchCodeOf(cells, 'postalCode');
  const commune = frenchCodeOf(cells, 'municipalityCode');
  if (/^ferme/.test(foldForSearch(cells.text('state', 200) ?? ''))) {
    cells.fault('state', 'SCHOOL_CLOSED', 'must not be closed: take the row out; a school that is there already stays as it is');
  }
  return { cells, code, name, level, email, municipalityCode: postalCode ?? commune, address: addressOf(cells, name, postalCode) };
}

const MENDED = 'had lost its zero in front, as spreadsheets do';

/** The UAI code of the row, whose zeros in front come back. */
function codeOf(cells: RowCells<SchoolColumn>): string | null {
  const text = cells.key('code', 20);
  const code = text === null ? null : normaliseUai(text);
  if (cells.isEmpty('code')) cells.required('code');
  else if (text !== null && code === null) cells.fault('code', WRONG_CODE.code, WRONG_CODE.message);
  if (text !== null && code !== null && plainForm(text).replace(/[^\dA-Z]/gi, '').length < code.length) {
    cells.note('code', 'LEADING_ZERO_RESTORED', `${MENDED}: it was read as ${code}`);
  }
  return code;
}

function frenchCodeOf(cells: RowCells<SchoolColumn>, column: 'postalCode' | 'municipalityCode'): string | null {
  const text = cells.key(column, 10);
  if (text === null) return null;
  const code = frenchCode(text);
  if (code.startsWith('0') && !plainForm(text).startsWith('0'))
    cells.note(column, 'LEADING_ZERO_RESTORED', `${MENDED}: it was read as ${code}`);
  return code;
}

/** The directory's `Ecole`, `Collège` and `Lycée`, or the API's own words; whatever else there is (services, medical and social institutes) is `other`. */
function levelOf(text: string): SchoolLevel {
  return LEVELS[/^\p{L}+/u.exec(foldForSearch(text))?.[0] ?? ''] ?? 'other';
}

/** A school that has no street stands under its own name. */
function addressOf(cells: RowCells<SchoolColumn>, name: string | null, postalCode: string | null): Site['address'] | null {
  const [line1 = name, line2 = null] = [cells.text('line1', 200), cells.text('line2', 200)].filter((line) => line !== null);
  const city = cells.name('city', 200);
  return line1 === null || postalCode === null || city === null ? null : { line1, line2, postalCode, city, country: 'FR' };
}
