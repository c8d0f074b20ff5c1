import type { ImportKind } from '../import-kind.js';
import { decideSchools, type SchoolDecisions, type SchoolFacts, schoolKeys } from '../school-import.rules.js';
import { readSchoolRow, SCHOOL_COLUMNS, SCHOOL_NOTES, type SchoolRow } from '../school-row.rules.js';

/** What must be known about the existing schools and sites before the rows are decided on. */
export type SchoolStock = Omit<SchoolFacts, 'met'>;

/** Schools and their sites, from the French school directory. */
export const schools: ImportKind<SchoolRow, SchoolStock, SchoolDecisions> = {
  columns: SCHOOL_COLUMNS,
  siteIsFor: null,
  notes: SCHOOL_NOTES,
  document: {
    title: 'Schools',
    intro: 'The French school directory as its ministry publishes it.',
    rules: [
      'Each school has a site of its own; a UAI code that comes twice is one school with a second site. Postal, municipality and UAI codes that',
      'lost their zero to a spreadsheet are mended (`1000` is `01000`; a UAI code only where its letter then fits), and a note says so.',
    ].join('\n'),
    sampleNeeds: null,
    sample: [
      'Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Adresse_1;Code_postal;Nom_commune;Mail',
      '0951099D;Collège Jean Moulin;Collège;1 rue de la Paix;95500;Gonesse;ce.0951099d@ac-versailles.fr',
    ].join('\n'),
  },
  read: readSchoolRow,
  keys: (rows, facts) => schoolKeys(rows, facts.schools),
  decide: (rows, facts, met) => decideSchools(rows, { ...facts, met }),
};
