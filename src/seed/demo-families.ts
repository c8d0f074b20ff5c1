import type { DeviceCategory, DeviceClass } from '../shared/vocabulary.js';
import { DEMO_SITES, PRIMARY, SCHOOL_OF_SITE } from './demo-data.js';
import { DEMO_NAMES } from './demo-names.js';

interface TimeRange {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

interface DemoContact {
  readonly name: string;
  readonly relationship: 'parent' | 'guardian';
  readonly language: string;
  readonly phone?: string;
  readonly email?: string;
  readonly address?: object;
  readonly preferredChannel: 'sms' | 'email' | 'letter';
}

interface DemoLearner {
  readonly givenName: string;
  readonly familyName: string;
  readonly level: 'primary' | 'college' | 'lycee';
  /** The place in DEMO_SCHOOLS. */
  readonly school: number;
  readonly examYear: boolean;
}

/** A family as it comes to the desk. */
export interface DemoHousehold {
  /** The place in DEMO_SITES where it collects. */
  readonly site: number;
  readonly contacts: readonly DemoContact[];
  readonly learners: readonly DemoLearner[];
  readonly homeAlone: boolean;
  readonly bursaryLevel: number | null;
  readonly equipment: readonly { readonly category: string; readonly label: string; readonly available?: readonly TimeRange[] }[];
  readonly connectivity: { readonly kind: 'fixed' | 'mobile' | 'none'; readonly available?: readonly TimeRange[] };
  /** What it asks for, and which categories it takes. */
  readonly wants: readonly { readonly class: DeviceClass; readonly acceptableCategories: readonly DeviceCategory[] }[];
  readonly statement: string | null;
}

const evenings: readonly TimeRange[] = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '18:00', to: '20:00' }));
const MAILS = 'families.passerelle.example';
/** No two families have a number in common, and each is one of those that ARCEP keeps for demonstrations. */
const phone = (number: number) => `+3363998${String(number).padStart(4, '0')}`;

const COMPUTER = { class: 'computer', acceptableCategories: ['laptop', 'tablet'] } as const;
const LAPTOP = { class: 'computer', acceptableCategories: ['laptop'] } as const;
const CONNECTION = { class: 'connectivity', acceptableCategories: ['router', 'sim'] } as const;

const STATEMENTS = [
  'Nous partageons un téléphone à quatre.',
  'L’ordinateur de la maison ne s’allume plus depuis la rentrée.',
  'Je travaille de nuit, les enfants sont seuls le soir.',
  'La box a été coupée en septembre.',
];

const sharedPhone = { category: 'smartphone', label: 'téléphone du parent', available: evenings };
/** What is at home, from nothing to what almost suffices. */
const HOMES: readonly Pick<DemoHousehold, 'equipment' | 'connectivity'>[] = [
  { equipment: [sharedPhone], connectivity: { kind: 'mobile', available: evenings } },
  { equipment: [], connectivity: { kind: 'none' } },
  { equipment: [sharedPhone], connectivity: { kind: 'fixed' } },
  { equipment: [{ category: 'desktop', label: 'salon' }], connectivity: { kind: 'fixed' } },
  { equipment: [sharedPhone, { category: 'tablet', label: 'cuisine' }], connectivity: { kind: 'mobile' } },
  { equipment: [{ category: 'laptop', label: 'du travail', available: evenings }], connectivity: { kind: 'fixed' } },
];

/** The element at a place of a list that begins again at its end. */
const turn = <Item>(list: readonly [Item, ...Item[]] | readonly Item[], place: number): Item => list[place % list.length] as Item;

const addressAt = (site: number, number: number) => {
  const { postalCode, city } = turn(DEMO_SITES, site);
  return { line1: `${(number % 80) + 1} rue des Écoles`, line2: null, postalCode, city, country: 'FR' };
};

/** Every twelfth family has neither telephone nor mailbox that is read, and is written to on paper. */
function contactOf(name: string, language: string, site: number, number: number): DemoContact {
  const contact = { name, relationship: number % 17 === 5 ? 'guardian' : 'parent', language } as const;
  const email = `famille${number}@${MAILS}`;
  if (number % 12 === 7) return { ...contact, address: addressAt(site, number), preferredChannel: 'letter' };
  if (number % 3 === 1) return { ...contact, email, phone: phone(number), preferredChannel: 'email' };
  return { ...contact, phone: phone(number), ...(number % 2 === 0 && { email }), preferredChannel: 'sms' };
}

/** Every fifth family is known to its school, and has asked for nothing. */
function wantsOf(number: number, computer: DemoHousehold['wants'][number]): DemoHousehold['wants'] {
  if (number % 5 === 4) return [];
  return number % 3 === 0 ? [computer, CONNECTION] : [computer];
}

/** The `number`-th of the families that nobody signs in as: the same at each start. */
function aFamily(number: number): DemoHousehold {
  const names = turn(DEMO_NAMES, number);
  const round = Math.floor(number / DEMO_NAMES.length);
  const familyName = turn(names.families, round);
  const site = number % DEMO_SITES.length;
  const ofSite = SCHOOL_OF_SITE[site] ?? 0;
  const learners = Array.from({ length: 1 + ((number + round) % 3) }, (_, place): DemoLearner => {
    const isYounger = place === 2;
    return {
      givenName: turn(names.children, round * 2 + place),
      familyName,
      level: isYounger ? 'primary' : site < 2 ? 'college' : 'lycee',
      school: isYounger ? PRIMARY : ofSite,
      examYear: !isYounger && (number + place) % 4 === 0,
    };
  });
  const computer = number % 2 === 0 ? COMPUTER : LAPTOP;
  return {
    site,
    contacts: [contactOf(`${turn(names.adults, round)} ${familyName}`, names.language, site, number)],
    learners,
    homeAlone: number % 3 === 0,
    bursaryLevel: number % 4 === 3 ? null : number % 8,
    ...turn(HOMES, number + round),
    wants: wantsOf(number, computer),
    statement: number % 5 === 0 ? turn(STATEMENTS, number) : null,
  };
}

/** How many families there are beside those with whose codes one signs in. */
const OTHERS = 145;
export const OTHER_FAMILIES: readonly DemoHousehold[] = Array.from({ length: OTHERS }, (_, number) => aFamily(number));

const signedInAs = (number: number, name: string, language: string): DemoContact => ({
  name,
  relationship: 'parent',
  language,
  phone: phone(9000 + number),
  email: `demo${number}@${MAILS}`,
  preferredChannel: 'sms',
});

/** The families with whose codes one signs in, by what each is there to show; `demo.json` has their codes in this order. */
export const SIGN_IN_FAMILIES = {
  waiting: {
    site: 1,
    contacts: [signedInAs(1, 'Ana Ferreira', 'pt')],
    learners: [
      { givenName: 'Tiago', familyName: 'Ferreira', level: 'college', school: 1, examYear: false },
      { givenName: 'Marta', familyName: 'Ferreira', level: 'primary', school: PRIMARY, examYear: false },
    ],
    homeAlone: false,
    bursaryLevel: 0,
    equipment: [{ category: 'desktop', label: 'sala' }],
    connectivity: { kind: 'fixed' },
    wants: [LAPTOP],
    statement: null,
  },
  offer: {
    site: 2,
    contacts: [signedInAs(2, 'Elif Yıldız', 'tr')],
    learners: [
      { givenName: 'Deniz', familyName: 'Yıldız', level: 'lycee', school: 2, examYear: true },
      { givenName: 'Ege', familyName: 'Yıldız', level: 'lycee', school: 2, examYear: true },
      { givenName: 'Nehir', familyName: 'Yıldız', level: 'primary', school: PRIMARY, examYear: false },
    ],
    homeAlone: true,
    bursaryLevel: 7,
    equipment: [],
    connectivity: { kind: 'none' },
    wants: [COMPUTER],
    statement: null,
  },
  overdue: {
    site: 1,
    contacts: [signedInAs(3, 'Yann Le Goff', 'fr')],
    learners: [
      { givenName: 'Maëlle', familyName: 'Le Goff', level: 'college', school: 1, examYear: true },
      { givenName: 'Titouan', familyName: 'Le Goff', level: 'primary', school: PRIMARY, examYear: false },
    ],
    homeAlone: false,
    bursaryLevel: 2,
    equipment: [sharedPhone],
    connectivity: { kind: 'fixed' },
    wants: [COMPUTER],
    statement: null,
  },
  separated: {
    site: 0,
    contacts: [signedInAs(4, 'Julie Morel', 'fr'), signedInAs(5, 'Cristian Dumitru', 'ro')],
    learners: [{ givenName: 'Sacha', familyName: 'Dumitru', level: 'college', school: 0, examYear: false }],
    homeAlone: true,
    bursaryLevel: 3,
    equipment: [sharedPhone],
    connectivity: { kind: 'mobile', available: evenings },
    wants: [COMPUTER],
    statement: null,
  },
  arabic: {
    site: 0,
    contacts: [signedInAs(6, 'نادية بنعلي', 'ar')],
    learners: [
      { givenName: 'أمل', familyName: 'بنعلي', level: 'college', school: 0, examYear: true },
      { givenName: 'إدريس', familyName: 'بنعلي', level: 'college', school: 0, examYear: false },
      { givenName: 'لينا', familyName: 'بنعلي', level: 'primary', school: PRIMARY, examYear: false },
    ],
    homeAlone: true,
    bursaryLevel: 4,
    equipment: [sharedPhone],
    connectivity: { kind: 'mobile', available: evenings },
    wants: [COMPUTER, CONNECTION],
    statement: 'هاتف واحد لثلاثة أطفال.',
  },
} as const satisfies Readonly<Record<string, DemoHousehold>>;
export type SignInFamily = keyof typeof SIGN_IN_FAMILIES;
