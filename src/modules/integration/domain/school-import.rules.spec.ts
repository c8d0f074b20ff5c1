import { describe, expect, test } from '@jest/globals';
import { readHeader } from './header.rules.js';
import { RowCells } from './row-cells.js';
import { decideSchools, type KnownSchool, type SchoolDecisions } from './school-import.rules.js';
import { readSchoolRow, SCHOOL_COLUMNS } from './school-row.rules.js';

const HEADER = ['code', 'nom', 'type', 'adresse', 'code postal', 'commune', 'mail', 'etat'];
const heading = readHeader(SCHOOL_COLUMNS, HEADER, {});

/** Rows with line numbers from 2 on, as in a file. */
function rowsOf(...rows: string[]) {
  if (!heading.ok) throw new Error(heading.reason);
  const { value } = heading;
  return rows.map((row, place) => readSchoolRow(new RowCells(SCHOOL_COLUMNS, HEADER, value, row.split(';'), place + 2)));
}

let number = 0;
function decide(rows: string[], known: KnownSchool[] = []): SchoolDecisions {
  return decideSchools(rowsOf(...rows), {
    schools: new Map(known.map((school) => [school.code, school])),
    met: new Map(),
    newId: () => `id-${++number}`,
  });
}

/** The schools of the council after the decisions are written. */
function after({ newSchools, changedSchools, newSites, changedSites }: SchoolDecisions, known: KnownSchool[] = []): KnownSchool[] {
  const changed = (school: KnownSchool) => ({ ...school, ...changedSchools.find(({ id }) => id === school.id) });
  return [...known.map(changed), ...newSchools.map((school) => ({ ...school, sites: [] }))].map((school) => ({
    ...school,
    sites: [
      ...school.sites.map((site) => changedSites.find(({ id }) => id === site.id) ?? site),
      ...newSites.filter(({ schoolId }) => schoolId === school.id).map(({ schoolId: _, ...site }) => site),
    ],
  }));
}
const outcomes = ({ results }: SchoolDecisions) => results.map(({ outcome }) => outcome);

const ANNEX = '0350852L;Collège Saint-Paul (annexe);Collège;22 Avenue de la Mare;35230;Saint-Erblon;;OUVERT';
const MAIN = '0350852L;Collège Saint-Joseph;Collège;3 avenue Legault;35171;Bruz;;OUVERT';

describe('a code that comes twice', () => {
  test('is one school with two sites, called as its row that is no annex, in whichever order', () => {
    for (const rows of [
      [ANNEX, MAIN],
      [MAIN, ANNEX],
    ]) {
      const first = decide(rows);
      expect(outcomes(first)).toEqual(['created', 'updated']);
      const schools = after(first);
      expect(schools).toMatchObject([{ name: 'Collège Saint-Joseph' }]);
      expect(schools[0]?.sites.map(({ name }) => name).sort()).toEqual(['Collège Saint-Joseph', 'Collège Saint-Paul (annexe)']);
      expect(outcomes(decide(rows, schools))).toEqual(['unchanged', 'unchanged']);
      expect(outcomes(decide([...rows].reverse(), schools))).toEqual(['unchanged', 'unchanged']);
    }
  });

  test('has two sites even at one address; a row that is there twice has one', () => {
    const other = '0350852L;Lycée Saint-Joseph;Lycée;3 AVENUE LEGAULT;35171;Bruz;;OUVERT';
    const schools = after(decide([MAIN, other, MAIN]));
    expect(schools).toMatchObject([{ level: 'college', sites: [{ name: 'Collège Saint-Joseph' }, { name: 'Lycée Saint-Joseph' }] }]);
    expect(outcomes(decide([other, MAIN, MAIN], [{ ...schools[0]!, name: 'Lycée Saint-Joseph', level: 'lycee' }]))).toEqual([
      'unchanged',
      'unchanged',
      'unchanged',
    ]);
  });

  test('whose first row fails is made by its second', () => {
    expect(outcomes(decide([MAIN.replace(';;OUVERT', ';no mail;OUVERT'), MAIN]))).toEqual(['failed', 'created']);
  });
});

describe('a year later', () => {
  const schools = after(decide([MAIN]));
  const [
    {
      sites: [site],
    },
  ] = schools as [KnownSchool];

  test('a school that moved keeps its one site, which has the new address', () => {
    const moved = decide([MAIN.replace('3 avenue Legault', '9 rue Neuve')], schools);
    expect([outcomes(moved), moved.newSites]).toEqual([['updated'], []]);
    expect(moved.changedSites).toMatchObject([{ id: site!.id, name: 'Collège Saint-Joseph', address: { line1: '9 rue Neuve' } }]);
  });

  test('a site that people named otherwise is left alone: the new address is another site', () => {
    const named = schools.map((school) => ({ ...school, sites: [{ ...site!, name: 'Loge du gardien' }] }));
    expect(outcomes(decide([MAIN], named))).toEqual(['unchanged']);
    expect(decide([MAIN.replace('3 avenue Legault', '9 rue Neuve')], named)).toMatchObject({
      changedSites: [],
      newSites: [{ name: 'Collège Saint-Joseph' }],
    });
  });

  test('a new name reaches school and site; another spelling of the address does not', () => {
    const renamed = decide([MAIN.replace('Collège Saint-Joseph', 'Collège Simone Veil').replace('3 avenue', '3  AVENUE')], schools);
    expect(after(renamed, schools)).toMatchObject([
      { name: 'Collège Simone Veil', sites: [{ name: 'Collège Simone Veil', address: { line1: '3 avenue Legault' } }] },
    ]);
  });

  test('an empty cell changes nothing', () => {
    expect(outcomes(decide(['0350852L;Collège Saint-Joseph;;;;;;'], schools))).toEqual(['unchanged']);
  });
});

test('a school without postal code or town has no site; one without a street stands under its name', () => {
  expect(after(decide(['0350852L;A;Ecole;1 rue;;Bruz;;', '0350122T;B;;;35580;Baulon;;']))).toMatchObject([
    { level: 'primary', municipalityCode: null, sites: [] },
    {
      level: 'other',
      municipalityCode: '35580',
      sites: [{ address: { line1: 'B', line2: null, postalCode: '35580', city: 'Baulon', country: 'FR' } }],
    },
  ]);
});

test.each([
  ['0350852M;A;;;;;;', 'code', 'INVALID_UAI', '0350852M'],
  [';A;;;;;;', 'code', 'REQUIRED', ''],
  ['0350852L;;;;;;;', 'nom', 'REQUIRED', ''],
  ['0350852L;A;;;;;nobody;', 'mail', 'INVALID_EMAIL', 'nobody'],
  ['0350852L;A;;;;;;FERMÉ', 'etat', 'SCHOOL_CLOSED', 'FERMÉ'],
  ['0350852L;A\0;;;;;;', 'nom', 'FORBIDDEN_CHARACTERS', 'A\uFFFD'],
  ['0350852L;A;;;;;;;;beyond', null, 'TOO_MANY_CELLS', 'beyond'],
])('%j fails in %s as %s', (row, column, code, value) => {
  expect(decide([row]).results).toMatchObject([{ outcome: 'failed', faults: [{ column, code, value }] }]);
});

test('a school about to close is still open', () => {
  expect(outcomes(decide([MAIN.replace('OUVERT', 'A FERMER')]))).toEqual(['created']);
});

test('a stored postal code that a spreadsheet had shortened is the same, of an annex too', () => {
  const rows = ['0350852L;A;Collège;1 rue Haute;01000;Bourg;;', '0350852L;A (annexe);Collège;2 rue Basse;01000;Bourg;;'];
  const schools = after(decide(rows)).map((school) => ({
    ...school,
    sites: school.sites.map((each) => ({ ...each, address: { ...each.address, postalCode: '1000' } })),
  }));
  const again = decide(rows, schools);
  expect([outcomes(again), again.newSites]).toEqual([['unchanged', 'unchanged'], []]);
});

test.each(['Sem', 'Sans', 'Rien'])('%s is the name of a town', (city) => {
  expect(after(decide([`0350852L;A;;1 rue;09220;${city};;`]))).toMatchObject([{ sites: [{ address: { city } }] }]);
});

test.each(['N/A', '—', '(none)'])('%s is no name', (city) => {
  expect(after(decide([`0350852L;A;;1 rue;09220;${city};;`]))).toMatchObject([{ sites: [] }]);
});
