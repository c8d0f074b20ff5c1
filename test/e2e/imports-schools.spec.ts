import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { startTestApp, type TestApp } from '../support/app.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { all, anImport } from '../support/upload.js';

const EXTRACT = readFileSync('test/data/directory/ille-et-vilaine-2023-extract.csv', 'utf8');
const WHOLE = '../shared/data/directory/ille-et-vilaine-2023.csv';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  council = await aCouncil(app);
});

const schools = (content: string, mode = 'apply') => anImport(app, council.api, content, { kind: 'schools', mode });

describe('the school directory', () => {
  test('comes in as it was published, and a second time changes nothing', async () => {
    const counts = { state: 'finished', total: 32, processed: 32, created: 29, updated: 3, unchanged: 0, failed: 0, problem: null };
    expect(await schools(EXTRACT, 'preview')).toMatchObject({ ...counts, mode: 'preview' });
    expect(await all(council.api, '/schools')).toEqual([]);

    const done = await schools(EXTRACT);
    expect(done).toMatchObject(counts);
    expect(done.unusedHeaders).toEqual(expect.arrayContaining(['Statut_public_prive', 'Telephone', 'Code_departement']));
    expect(done.unusedHeaders).not.toContain('Code postal');
    const stored = [await all(council.api, '/schools'), await all(council.api, '/sites')];
    expect(stored.map(({ length }) => length)).toEqual([29, 32]);

    expect(await schools(EXTRACT)).toMatchObject({ created: 0, updated: 0, unchanged: 32, failed: 0 });
    expect([await all(council.api, '/schools'), await all(council.api, '/sites')]).toEqual(stored);
  });

  test('gives code, name, level, postal code, mail and the address of the site', async () => {
    await schools(EXTRACT);
    const [school] = await all(council.api, '/schools?code=0350122T');
    expect(school).toMatchObject({
      name: 'Ecole primaire publique les Lucioles',
      level: 'primary',
      municipalityCode: '35580',
      email: 'ecole.0350122T@ac-rennes.fr',
    });
    expect(await all(council.api, `/sites?schoolId=${school.id}`)).toMatchObject([
      { name: school.name, address: { line1: '6 rue PHILIPPE', line2: null, postalCode: '35580', city: 'Baulon', country: 'FR' } },
    ]);
    const levels = await Promise.all(
      ['0352958A', '0350053T', '0351041S', '0352813T'].map(async (code) => (await all(council.api, `/schools?code=${code}`))[0]),
    );
    expect(levels.map(({ level }) => level)).toEqual(['college', 'lycee', 'other', 'other']);
  });

  test('has two sites for a code that comes twice', async () => {
    await schools(EXTRACT);
    for (const code of ['0352072M', '0350852L', '0350778F']) {
      const [school] = await all(council.api, `/schools?code=${code}`);
      expect(await all(council.api, `/sites?schoolId=${school.id}`)).toHaveLength(2);
      expect(school.name).not.toMatch(/annexe/);
    }
  });

  test('may name its columns as in other years, in any order, and leave some out', async () => {
    const done = await schools(
      "Commune,CODE POSTAL,nom établissement,Type Etablissement,Identifiant de l'établissement\nBaulon,35580,Les Lucioles,Ecole,0350122T\n",
    );
    expect(done).toMatchObject({ state: 'finished', created: 1, unusedHeaders: [] });
    expect(await all(council.api, '/schools')).toMatchObject([{ code: '0350122T', level: 'primary', email: null }]);
  });

  test('a preview tells what apply would do, whatever is there', async () => {
    await schools(EXTRACT.split('\r\n').slice(0, 12).join('\r\n'));
    const changed = EXTRACT.replaceAll('6 rue PHILIPPE', '8 rue Neuve').replace('ecole.0350165P@ac-rennes.fr', 'no mail');
    const foretold = await schools(changed, 'preview');
    const done = await schools(changed);
    const rows = (id: string) => all(council.api, `/imports/${id}/rows`);
    expect(await rows(foretold.id)).toEqual(await rows(done.id));
    expect(done).toMatchObject({ failed: 1, unchanged: 10 - 1 });
  });

  test('people’s own sites and schools stay', async () => {
    await schools(EXTRACT);
    const [school] = await all(council.api, '/schools?code=0350122T');
    const [site] = await all(council.api, `/sites?schoolId=${school.id}`);
    expect((await council.api.patch(`/sites/${site.id}`, site.version, { name: 'Loge' })).status).toBe(200);
    expect(await schools(EXTRACT)).toMatchObject({ unchanged: 32 });
    expect(await all(council.api, `/sites?schoolId=${school.id}`)).toMatchObject([{ name: 'Loge' }]);
  });
});

const whole = existsSync(WHOLE) ? test : test.skip;
whole('a whole département: 993 schools, three of them with two places', async () => {
  const file = readFileSync(WHOLE, 'utf8');
  expect(await schools(file, 'preview')).toMatchObject({ total: 996, created: 993, updated: 3, failed: 0 });
  expect(await schools(file)).toMatchObject({ total: 996, created: 993, updated: 3, failed: 0 });
  expect(await schools(file)).toMatchObject({ unchanged: 996 });
  expect([await all(council.api, '/schools'), await all(council.api, '/sites')].map(({ length }) => length)).toEqual([993, 996]);
});
