import { DEMO_FUNDS, DEMO_HOUSEHOLDS, DEMO_KITS, DEMO_MODELS, DEMO_SCHOOLS, DEMO_SITES } from './demo-data.js';
import type { RestClient } from './rest-client.js';

interface Made {
  readonly id: string;
}

export interface DemoPlaces {
  readonly schools: readonly Made[];
  readonly sites: readonly Made[];
}

/** Makes the schools and the sites of the demonstration council. */
export async function fillPlaces(rest: RestClient): Promise<DemoPlaces> {
  const schools: Made[] = [];
  for (const school of DEMO_SCHOOLS) schools.push(await rest.post('/schools', school));
  const sites: Made[] = [];
  for (const { name, school, ...address } of DEMO_SITES) {
    const schoolId = school === null ? null : schools[school]?.id;
    sites.push(await rest.post('/sites', { name, schoolId, address: { ...address, line2: null, country: 'FR' } }));
  }
  return { schools, sites };
}

interface MadeHousehold extends Made {
  readonly reference: string;
  readonly contacts: readonly Made[];
  readonly learners: readonly Made[];
}

/** With what a family signs in. */
export interface DemoFamily {
  readonly reference: string;
  readonly code: string;
}

/** Makes funds, devices, kits, families, their requests and a first loan, all over REST. Answers with what the families sign in. */
export async function fillStockAndFamilies(rest: RestClient, { schools, sites }: DemoPlaces): Promise<DemoFamily[]> {
  const laptops = await fillStock(rest, sites);
  for (const kit of DEMO_KITS) await rest.post('/kits', kit);
  const households = await fillFamilies(rest, schools, sites);
  const [borrower] = households;
  const [laptop] = laptops;
  if (borrower && laptop) {
    await rest.post('/loans', {
      householdId: borrower.id,
      siteId: sites[0]?.id,
      items: [{ deviceId: laptop.id, conditionOut: 'good' }],
      agreement: { signatoryName: 'Nadia Benali', method: 'in_person', termsVersion: '2026-09' },
      // There are laptops enough for everybody who waits, so nobody is passed over.
    });
  }
  return printCodes(rest, households);
}

/** Opens the council to families, and prints a code for the first contact of each. */
async function printCodes(rest: RestClient, households: readonly MadeHousehold[]): Promise<DemoFamily[]> {
  await rest.patch('/council', { openToFamilies: true });
  const families: DemoFamily[] = [];
  for (const { id, reference, contacts } of households) {
    const { code } = await rest.post<{ code: string }>(`/households/${id}/access-codes`, { contactId: contacts[0]?.id });
    families.push({ reference, code });
  }
  return families;
}

/** Devices of every model, shared out over the sites in turn; all but each fifth ready to lend. Answers the laptops of the first site. */
async function fillStock(rest: RestClient, sites: readonly Made[]): Promise<Made[]> {
  const funds: Made[] = [];
  for (const fund of DEMO_FUNDS) funds.push(await rest.post('/funds', fund));
  const laptops: Made[] = [];
  for (const { tag, count, fund, ...model } of DEMO_MODELS) {
    const { id: modelId } = await rest.post('/device-models', model);
    const fundId = fund === null ? null : funds[fund]?.id;
    for (let number = 1; number <= count; number++) {
      const assetTag = `${tag}-${String(number).padStart(4, '0')}`;
      const site = sites[(number - 1) % sites.length];
      const device = await rest.post('/devices', {
        assetTag,
        serialNumber: `SN-${assetTag}`,
        modelId,
        siteId: site?.id,
        fundId,
        condition: 'good',
      });
      if (number % 5 === 0) continue;
      await rest.post(`/devices/${device.id}/moves`, { move: 'prepare' });
      if (tag === 'LT' && site === sites[0]) laptops.push(device);
    }
  }
  return laptops;
}

async function fillFamilies(rest: RestClient, schools: readonly Made[], sites: readonly Made[]): Promise<MadeHousehold[]> {
  const households: MadeHousehold[] = [];
  for (const [index, { family, adult, language, school, learners, wants, ...rest_ }] of DEMO_HOUSEHOLDS.entries()) {
    const household = await rest.post<MadeHousehold>('/households', {
      ...rest_,
      schoolId: schools[school]?.id,
      contacts: [
        {
          name: `${adult} ${family}`,
          relationship: 'parent',
          phone: `+3361234567${index}`,
          email: `${adult.toLowerCase()}@families.passerelle.example`,
          language,
          preferredChannel: 'sms',
        },
      ],
      learners: learners.map(([givenName, level, at, examYear]) => ({
        givenName,
        familyName: family,
        level,
        schoolId: schools[at]?.id,
        examYear,
      })),
    });
    households.push(household);
    const learnerIds = household.learners.map(({ id }) => id);
    const categories = { computer: ['laptop', 'tablet'], connectivity: ['router'] };
    const lines = wants.map((wanted) => ({ class: wanted, learnerIds, acceptableCategories: categories[wanted] }));
    await rest.post('/requests', {
      householdId: household.id,
      channel: 'desk',
      statement: null,
      pickupSiteId: sites[0]?.id,
      submit: true,
      lines,
    });
  }
  return households;
}
