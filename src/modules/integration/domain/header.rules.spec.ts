import { describe, expect, test } from '@jest/globals';
import { readHeader, REASONS_HEADER } from './header.rules.js';
import { DEVICE_COLUMNS } from './device-row.rules.js';
import { SCHOOL_COLUMNS } from './school-row.rules.js';

const devices = (header: string[], mapping = {}) => readHeader(DEVICE_COLUMNS, header, mapping);

test.each([
  ['Identifiant_de_l_etablissement', 'Nom_etablissement', 'Code postal'],
  ["Identifiant de l'établissement", 'NOM ÉTABLISSEMENT', 'Code_postal'],
  ['identifiant_de_l_etablissement', 'nom_etablissement', 'CODE POSTAL'],
  ['numero_uai', 'Nom', 'codepostal'],
])('headers of other years are the same columns: %s', (...header) => {
  expect(readHeader(SCHOOL_COLUMNS, header, {})).toMatchObject({
    ok: true,
    value: { places: { code: 0, name: 1, postalCode: 2 }, unused: [] },
  });
});

describe('a mapping', () => {
  test('goes before the names that are known', () => {
    const read = devices(['Asset Tag', 'Inventory no.', 'Serial'], { 'inventory NO': 'Asset tag' });
    expect(read).toMatchObject({ value: { places: { assetTag: 1, serialNumber: 2 }, unused: ['Asset Tag'] } });
  });

  test('that names a header which the file lacks is told', () => {
    expect(devices(['Asset Tag'], { Tag: 'Asset Tag' })).toMatchObject({ ok: false, reason: expect.stringContaining('"Tag"') });
  });
});

test('what is not used is named; a column of reasons says that the file was corrected', () => {
  const read = devices(['Supplier', 'ASSET_TAG', '', REASONS_HEADER]);
  expect(read).toMatchObject({ value: { unused: ['Supplier', '(column 3, without a header)'], corrected: true } });
});

test.each([
  [['Company', 'Name'], /^None of the headers is known for this kind; it knows Asset Tag, Serial/],
  [['Serial', 'Model'], /no column Asset Tag/],
  [['Asset Tag', 'Serial', 'Serial Number'], /"Serial" \(column 2\) and "Serial Number" \(column 3\) both mean Serial/],
  [['Asset Tag', 'asset tag'], /both mean Asset Tag/],
])('%j cannot be read', (header, words) => {
  expect(devices(header)).toEqual({ ok: false, reason: expect.stringMatching(words) });
});

test('French headers mean the same; beside a documented name they give way, and two of them are refused', () => {
  const french = ["N° d'inventaire", 'Numéro de série', 'Modèle', 'Marque', 'Catégorie', 'Emplacement', 'Statut', 'État', 'Financement'];
  const read = devices([...french, 'N° IMEI', 'N° SIM', 'Accessoires', 'Date d’achat', 'Prix d´achat', 'Remarques']);
  expect(read).toMatchObject({ ok: true, value: { unused: [] } });
  expect(Object.keys((read as unknown as { value: { places: object } }).value.places)).toEqual(Object.keys(DEVICE_COLUMNS));
  for (const header of [
    ['Commentaires', 'Asset Tag', 'Notes'],
    ['Notes', 'Asset Tag', 'Commentaires'],
  ]) {
    expect(devices(header)).toMatchObject({ value: { places: { notes: header.indexOf('Notes') }, unused: ['Commentaires'] } });
  }
  expect(devices(['Asset Tag', 'Remarques', 'Commentaires'])).toMatchObject({ ok: false });
});
