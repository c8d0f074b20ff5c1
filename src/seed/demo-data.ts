/**
 * What a demonstration council starts with. Schools are real (French school directory, Ministère de l'Éducation nationale,
 * Licence Ouverte 2.0); families, devices and funds are made up.
 */
export const DEMO_SCHOOLS = [
  { code: '0350767U', name: 'Collège Saint-Magloire', level: 'college', municipalityCode: '35120' },
  { code: '0350003N', name: 'Collège René Cassin', level: 'college', municipalityCode: '35260' },
  { code: '0350053T', name: "Lycée Bertrand d'Argentré", level: 'lycee', municipalityCode: '35506' },
  { code: '0350031U', name: 'Lycée professionnel Jean Jaurès', level: 'lycee', municipalityCode: '35205' },
  { code: '0350122T', name: 'Ecole primaire publique les Lucioles', level: 'primary', municipalityCode: '35580' },
] as const;

export const DEMO_SITES = [
  {
    name: 'Collège Saint-Magloire, vie scolaire',
    school: 0,
    line1: '2 rue du Chanoine Boursier',
    postalCode: '35120',
    city: 'Dol-de-Bretagne',
  },
  { name: 'Collège René Cassin, CDI', school: 1, line1: '56 rue de Saint-Malo', postalCode: '35260', city: 'Cancale' },
  { name: 'Dépôt du département', school: null, line1: '1 avenue de la Préfecture', postalCode: '35000', city: 'Rennes' },
] as const;

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

/** `tag` and `count` make the devices: `LT-0001`, `LT-0002`, … shared out over the sites in turn. */
export const DEMO_MODELS = [
  { category: 'laptop', manufacturer: 'Acme', name: 'Book 11', unitCostCents: 32_000, tag: 'LT', count: 18, fund: 0 },
  { category: 'laptop', manufacturer: 'Acme', name: 'Book 14', unitCostCents: 45_000, tag: 'LY', count: 6, fund: 1 },
  { category: 'tablet', manufacturer: 'Globex', name: 'Tab 10', unitCostCents: 21_000, tag: 'TB', count: 9, fund: null },
  { category: 'router', manufacturer: 'Initech', name: 'Box 4G', unitCostCents: 6_900, tag: 'RT', count: 9, fund: null },
  { category: 'headset', manufacturer: 'Initech', name: 'Call 2', unitCostCents: 1_900, tag: 'HS', count: 6, fund: null },
] as const;

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

const evenings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '18:00', to: '20:00' }));
const parentsPhone = { category: 'smartphone', label: 'maman', available: evenings };

/** `wants` are the classes that the family asks for; `school` and the learners' are places in DEMO_SCHOOLS. */
export const DEMO_HOUSEHOLDS = [
  {
    family: 'Benali',
    adult: 'Nadia',
    language: 'fr',
    school: 0,
    homeAlone: true,
    bursaryLevel: 4,
    learners: [
      ['Amal', 'college', 0, true],
      ['Idris', 'college', 0, false],
      ['Lina', 'primary', 4, false],
    ],
    equipment: [parentsPhone],
    connectivity: { kind: 'mobile', available: evenings },
    wants: ['computer', 'connectivity'],
  },
  {
    family: 'Kovalenko',
    adult: 'Oksana',
    language: 'uk',
    school: 0,
    homeAlone: true,
    bursaryLevel: null,
    learners: [['Danylo', 'college', 0, false]],
    equipment: [parentsPhone],
    connectivity: { kind: 'fixed' },
    wants: ['computer'],
  },
  {
    family: 'Le Goff',
    adult: 'Yann',
    language: 'fr',
    school: 1,
    homeAlone: false,
    bursaryLevel: 2,
    learners: [
      ['Maëlle', 'college', 1, true],
      ['Titouan', 'primary', 4, false],
    ],
    equipment: [{ category: 'desktop', label: 'salon' }],
    connectivity: { kind: 'fixed' },
    wants: ['computer'],
  },
  {
    family: 'Yıldız',
    adult: 'Elif',
    language: 'tr',
    school: 2,
    homeAlone: true,
    bursaryLevel: 5,
    learners: [['Deniz', 'lycee', 2, true]],
    equipment: [],
    connectivity: { kind: 'none' },
    wants: ['computer', 'connectivity'],
  },
  {
    family: 'Ferreira',
    adult: 'Ana',
    language: 'pt',
    school: 3,
    homeAlone: false,
    bursaryLevel: 3,
    learners: [
      ['Tiago', 'lycee', 3, false],
      ['Inês', 'college', 1, false],
    ],
    equipment: [parentsPhone, { category: 'tablet', label: 'cuisine' }],
    connectivity: { kind: 'mobile' },
    wants: ['computer'],
  },
] as const;

export const DEMO_STAFF = [
  { role: 'council_manager', name: 'Claire Morvan', email: 'manager@demo.passerelle.example' },
  { role: 'school_administrator', name: 'Hugo Perrin', email: 'school@demo.passerelle.example', school: 0 },
  { role: 'desk_agent', name: 'Sonia Diallo', email: 'desk@demo.passerelle.example', site: 0 },
  { role: 'auditor', name: 'Paul Rivière', email: 'auditor@demo.passerelle.example' },
] as const;
