import { luhnValid } from '../shared/luhn.js';

export const DEMO_FUNDS = [
  {
    name: 'Département 2026',
    funder: 'departement',
    eligibleLevels: ['college'],
    eligibleSchoolIds: null,
    startsOn: '2026-01-01',
    endsOn: null,
    budgetCents: 5_000_000,
  },
  {
    name: 'Région 2026',
    funder: 'region',
    eligibleLevels: ['lycee'],
    eligibleSchoolIds: null,
    startsOn: '2026-01-01',
    endsOn: null,
    budgetCents: 3_000_000,
  },
] as const;

interface DemoModel {
  readonly category: string;
  readonly manufacturer: string;
  readonly name: string;
  readonly unitCostCents: number;
  /** Devices are `LT-0001`, `LT-0002`, …, shared out in turn over these places in DEMO_SITES. */
  readonly tag: string;
  readonly count: number;
  readonly sites: readonly number[];
  /** The place in DEMO_FUNDS; null: no fund paid for it. */
  readonly fund: number | null;
}

const COLLEGES = [0, 1];
const LYCEES = [2, 3];
const ALL = [0, 1, 2, 3];

const DEMO_MODELS: readonly DemoModel[] = [
  { category: 'laptop', manufacturer: 'Acme', name: 'Book 11', unitCostCents: 32_000, tag: 'LT', count: 56, sites: COLLEGES, fund: 0 },
  { category: 'laptop', manufacturer: 'Acme', name: 'Book 14', unitCostCents: 45_000, tag: 'LY', count: 48, sites: LYCEES, fund: 1 },
  { category: 'desktop', manufacturer: 'Acme', name: 'Tower 3', unitCostCents: 38_000, tag: 'DT', count: 6, sites: LYCEES, fund: null },
  { category: 'tablet', manufacturer: 'Globex', name: 'Tab 10', unitCostCents: 21_000, tag: 'TB', count: 36, sites: ALL, fund: null },
  { category: 'router', manufacturer: 'Initech', name: 'Box 4G', unitCostCents: 6_900, tag: 'RT', count: 40, sites: ALL, fund: null },
  { category: 'sim', manufacturer: 'Hooli', name: 'SIM 50 Go', unitCostCents: 1_000, tag: 'SM', count: 20, sites: ALL, fund: null },
  {
    category: 'smartphone',
    manufacturer: 'Globex',
    name: 'Phone 5',
    unitCostCents: 15_000,
    tag: 'PH',
    count: 8,
    sites: LYCEES,
    fund: null,
  },
  { category: 'headset', manufacturer: 'Initech', name: 'Call 2', unitCostCents: 1_900, tag: 'HS', count: 20, sites: ALL, fund: null },
  { category: 'webcam', manufacturer: 'Initech', name: 'Cam HD', unitCostCents: 2_500, tag: 'WC', count: 6, sites: COLLEGES, fund: null },
  { category: 'printer', manufacturer: 'Globex', name: 'Print 20', unitCostCents: 8_900, tag: 'PR', count: 4, sites: ALL, fund: null },
  { category: 'charger', manufacturer: 'Acme', name: 'USB-C 65 W', unitCostCents: 2_400, tag: 'CH', count: 10, sites: ALL, fund: null },
];

export const DEMO_KITS = [
  { name: 'Tablette', components: [{ category: 'tablet', count: 1 }], costCents: 21_000 },
  { name: 'Ordinateur portable', components: [{ category: 'laptop', count: 1 }], costCents: 32_000 },
  {
    name: 'Tablette et routeur 4G',
    components: [
      { category: 'tablet', count: 1 },
      { category: 'router', count: 1 },
    ],
    costCents: 27_900,
  },
  {
    name: 'Ordinateur portable et routeur 4G',
    components: [
      { category: 'laptop', count: 1 },
      { category: 'router', count: 1 },
    ],
    costCents: 38_900,
  },
] as const;

/** Every so many devices of a model one is not unpacked yet. */
const INTAKE_EVERY = 14;
/** The type allocation code 00 and the issuer 00 of a country are given to nobody, so no such device and no such card exists. */
const IMEI_BEGINNING = '00';
const ICCID_BEGINNING = '893300';

const withCheckDigit = (digits: string) => [...'0123456789'].map((last) => digits + last).find(luhnValid) ?? digits;
const imei = (number: number) => withCheckDigit(IMEI_BEGINNING + String(number).padStart(12, '0'));
const iccid = (number: number) => withCheckDigit(ICCID_BEGINNING + String(number).padStart(12, '0'));

const HEADER = ['Asset Tag', 'Serial', 'Model', 'Manufacturer', 'Category', 'Location', 'Status', 'Condition', 'Fund', 'IMEI', 'ICCID'];

/** The stock as an inventory writes it (docs/imports.md). The names of the sites are in the order of DEMO_SITES. */
export function stockFile(siteNames: readonly string[]): string {
  const rows = DEMO_MODELS.flatMap(({ tag, count, sites, fund, ...model }) =>
    Array.from({ length: count }, (_, at) => {
      const assetTag = `${tag}-${String(at + 1).padStart(4, '0')}`;
      return [
        assetTag,
        model.category === 'sim' ? '' : `SN-${assetTag}`,
        model.name,
        model.manufacturer,
        model.category,
        siteNames[sites[at % sites.length] ?? 0] ?? '',
        (at + 1) % INTAKE_EVERY === 0 ? 'Pending' : 'Ready to Deploy',
        at % 9 === 8 ? 'worn' : 'good',
        fund === null ? '' : (DEMO_FUNDS[fund]?.name ?? ''),
        model.category === 'smartphone' ? imei(at + 1) : '',
        model.category === 'sim' ? iccid(at + 1) : '',
      ];
    }),
  );
  return [HEADER, ...rows].map((cells) => cells.join(';')).join('\r\n');
}
