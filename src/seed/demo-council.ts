import { DEMO_SCHOOLS, DEMO_SITES } from './demo-data.js';
import { DEMO_FUNDS, DEMO_KITS, stockFile } from './demo-stock.js';
import type { Past } from './past.js';

export interface Made {
  readonly id: string;
}

export interface DemoPlaces {
  readonly schools: readonly Made[];
  readonly sites: readonly Made[];
}

/** How the demonstration lends: shorter than the shipped policy, so that loans of its short past are overdue already. */
const LOAN_DAYS = 42;
const LOAN_RULE = { loanDays: LOAN_DAYS, renewals: 2, renewalDays: 28, renewWhenWaited: 'allow', itemsPerHousehold: 3, missedOffers: 2 };

/** Makes the schools and the sites of the demonstration council, and the rules by which it lends. */
export async function fillPlaces({ rest, timeline }: Past): Promise<DemoPlaces> {
  await rest.put('/closed-days', { days: [...timeline.closedDays] });
  await rest.put('/loan-policies', { rules: [LOAN_RULE] });
  const schools: Made[] = [];
  for (const school of DEMO_SCHOOLS) schools.push(await rest.post('/schools', school));
  const openingHours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '17:30' }));
  const sites: Made[] = [];
  for (const { name, school, ...address } of DEMO_SITES) {
    const schoolId = school === null ? null : schools[school]?.id;
    sites.push(await rest.post('/sites', { name, schoolId, openingHours, address: { ...address, line2: null, country: 'FR' } }));
  }
  return { schools, sites };
}

/** Imports the stock, as a council does with its inventory. */
export async function fillStock({ rest }: Past): Promise<void> {
  for (const fund of DEMO_FUNDS) await rest.post('/funds', fund);
  for (const kit of DEMO_KITS) await rest.post('/kits', kit);
  const form = new FormData();
  form.set('kind', 'devices');
  form.set('mode', 'apply');
  form.set('file', new Blob([stockFile(DEMO_SITES.map(({ name }) => name))], { type: 'text/csv' }), 'inventaire.csv');
  await rest.upload('/imports', form);
}
