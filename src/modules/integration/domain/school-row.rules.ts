import { cleanEmail, isEmail } from '../../../shared/email.js';
import { frenchCode } from '../../../shared/french-codes.js';
import { foldForSearch, plainForm } from '../../../shared/plain-text.js';
import { normaliseUai } from '../../../shared/uai.js';
import type { SchoolLevel, Site } from '../../councils/index.js';
import type { ImportColumns } from './import-columns.js';
import { type RowCells, UnreadableCell } from './row-cells.js';

/** The columns of the French school directory (fr-en-annuaire-education) that are used, with their names in other years and exports. */
export const SCHOOL_COLUMNS = {
  code: {
    name: 'Identifiant_de_l_etablissement',
    key: true,
    also: ['Identifiant', 'Numero_UAI', 'Code_UAI', 'UAI', 'Code'],
    elsewhere: ['RNE', 'Code_RNE', 'Code établissement', 'School code'],
    about: 'the UAI code: the key',
  },
  name: {
    name: 'Nom_etablissement',
    also: ['Nom', 'Name'],
    elsewhere: ["Nom de l'établissement", 'Établissement', 'School', 'School name'],
    key: true,
    about: 'of the school and its site; a file needs it as well',
  },
  level: {
    name: 'Type_etablissement',
    also: ['Type', 'Level'],
    elsewhere: ["Type d'établissement", 'Niveau'],
    about: 'one that is neither école, collège nor lycée is `other`',
  },
  line1: {
    name: 'Adresse_1',
    also: ['Adresse', 'Line1'],
    elsewhere: ['Address', 'Street', 'Rue'],
    about: "of the site; without it, the school's name",
  },
  line2: { name: 'Adresse_2', also: ['Line2'], elsewhere: ['Address 2', "Complément d'adresse"], about: 'of the site, beneath the first' },
  postalCode: { name: 'Code_postal', also: [], elsewhere: ['CP', 'Postal code', 'Postcode', 'Zip', 'Zip code'], about: 'of the site' },
  municipalityCode: {
    name: 'Code_commune',
    also: ['Municipality_code'],
    elsewhere: ['Code INSEE', 'INSEE'],
    about: 'used where the row has no postal code',
  },
  city: {
    name: 'Nom_commune',
    also: ['Commune', 'Ville', 'City'],
    elsewhere: ['Town', 'Localité'],
    about: 'of the site; a row without it, or without a postal code, makes none',
  },
  email: {
    name: 'Mail',
    also: ['Email', 'Courriel'],
    elsewhere: ['Adresse mail', 'Adresse e-mail', 'Adresse électronique'],
    about: 'of the school',
  },
  state: {
    name: 'Etat',
    also: ['Etat_etablissement'],
    about: 'a closed school fails the row (`SCHOOL_CLOSED`); one that is about to open or to close is open',
  },
} as const satisfies ImportColumns;

type SchoolColumn = keyof typeof SCHOOL_COLUMNS;

/** The notes of an import about a row that is accepted. */
export const SCHOOL_NOTES = { LEADING_ZERO_RESTORED: 'a French code that had lost its zero was mended' } as const;

export type SchoolCells = RowCells<SchoolColumn, keyof typeof SCHOOL_NOTES>;

/** What one row says about a school; null means that it does not say it. */
export interface SchoolRow {
  readonly cells: SchoolCells;
  readonly code: string | null;
  readonly name: string | null;
  readonly level: SchoolLevel | null;
  readonly municipalityCode: string | null;
  readonly email: string | null;
  /** Null when the postal code or the town is missing. */
  readonly address: Site['address'] | null;
}

const WRONG_CODE = new UnreadableCell('INVALID_UAI', 'must be a UAI code: seven digits and their letter');
const WRONG_EMAIL = new UnreadableCell('INVALID_EMAIL', 'must be an e-mail address');
const LEVELS: Readonly<Record<string, SchoolLevel>> = { ecole: 'primary', primary: 'primary', college: 'college', lycee: 'lycee' };

/**
 * Reads a row. Afterwards `cells` has the faults of its cells. A school that is about to open or to close counts as open; a closed one is
 * refused.
 */
export function readSchoolRow(cells: SchoolCells): SchoolRow {
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

/** The UAI code of the row. Zeros at its beginning that were lost are restored. */
function codeOf(cells: SchoolCells): string | null {
  const text = cells.key('code', 20);
  const code = text === null ? null : normaliseUai(text);
  if (cells.isEmpty('code')) cells.required('code');
  else if (text !== null && code === null) cells.fault('code', WRONG_CODE.code, WRONG_CODE.message);
  if (text !== null && code !== null && plainForm(text).replace(/[^\dA-Z]/gi, '').length < code.length) {
    cells.note('code', 'LEADING_ZERO_RESTORED', `${MENDED}: it was read as ${code}`);
  }
  return code;
}

function frenchCodeOf(cells: SchoolCells, column: 'postalCode' | 'municipalityCode'): string | null {
  const text = cells.key(column, 10);
  if (text === null) return null;
  const code = frenchCode(text);
  if (code.startsWith('0') && !plainForm(text).startsWith('0'))
    cells.note(column, 'LEADING_ZERO_RESTORED', `${MENDED}: it was read as ${code}`);
  return code;
}

/**
 * The level of a school: the directory's `Ecole`, `Collège` and `Lycée`, or the words of the API. Everything else (services, medical and
 * social institutes) is `other`.
 */
function levelOf(text: string): SchoolLevel {
  return LEVELS[/^\p{L}+/u.exec(foldForSearch(text))?.[0] ?? ''] ?? 'other';
}

/** The address of the row. A school without a street gets its own name as the first line. */
function addressOf(cells: SchoolCells, name: string | null, postalCode: string | null): Site['address'] | null {
  const [line1 = name, line2 = null] = [cells.text('line1', 200), cells.text('line2', 200)].filter((line) => line !== null);
  const city = cells.name('city', 200);
  return line1 === null || postalCode === null || city === null ? null : { line1, line2, postalCode, city, country: 'FR' };
}
