import type { Day } from '../../../../shared/day.js';
import { DEVICE_CATEGORIES, DEVICE_CLASSES, type DeviceClass } from '../../../../shared/vocabulary.js';
import type { IncidentKind } from '../../../loans/index.js';

/** The kinds of facts in a text: insert it, inflect by it (`count`), or choose by it (`choice`). */
export type Variable =
  | { readonly kind: 'text' | 'count' | 'day' | 'instant' | 'list'; readonly nullable?: true }
  | { readonly kind: 'choice'; readonly values: readonly string[] };

export type Variables = Readonly<Record<string, Variable>>;

export const TEXT = { kind: 'text' } as const;
export const TEXT_OR_NULL = { kind: 'text', nullable: true } as const;
export const COUNT = { kind: 'count' } as const;
export const DAY = { kind: 'day' } as const;
export const DAY_OR_NULL = { kind: 'day', nullable: true } as const;
export const INSTANT = { kind: 'instant' } as const;
export const LIST = { kind: 'list' } as const;

const CLASSES = Object.keys(DEVICE_CLASSES) as DeviceClass[];
export const DEVICE_CLASS = { kind: 'choice', values: CLASSES } as const;
export const DEVICE = { kind: 'choice', values: DEVICE_CATEGORIES } as const;
export const INCIDENT_KIND = {
  kind: 'choice',
  values: ['lost', 'stolen', 'broken', 'claimed_returned'] as readonly IncidentKind[],
} as const;

/**
 * The facts of every notice; `reference` is the household's, such as `F-7K3M-2Q`. `pages` is the address where families answer, and `phone`
 * the number to call: the site's, else the council's.
 */
export const COMMON_VARIABLES = { contactName: TEXT, councilName: TEXT, reference: TEXT, pages: TEXT, phone: TEXT_OR_NULL } as const;

interface KindValues {
  readonly text: string;
  readonly count: number;
  readonly day: Day;
  readonly instant: Date;
  readonly list: readonly string[];
}
type ValueOf<V extends Variable> = V extends { readonly values: readonly (infer Word)[] }
  ? Word
  : V extends { readonly kind: infer Kind extends keyof KindValues }
    ? KindValues[Kind] | (V extends { readonly nullable: true } ? null : never)
    : never;

/** The types of the facts that variables stand for. */
export type ValuesOf<Of extends Variables> = { readonly [Name in keyof Of]: ValueOf<Of[Name]> };

export type CommonFacts = ValuesOf<typeof COMMON_VARIABLES>;
