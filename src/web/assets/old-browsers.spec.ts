import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import type { CompatData, Identifier, SimpleSupportStatement } from '@mdn/browser-compat-data';
import { PLAN_STYLE } from '../../modules/needs/http.js';
import { FAMILY_STYLE } from './family.style.js';

// Old telephones that families have: what their browsers know of CSS is asked of MDN's data.

const OLD = { chrome_android: 80, safari_ios: 13 } as const;
const data = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('@mdn/browser-compat-data'), 'utf8')) as CompatData;

/** These make a page nicer where they are known, and change nothing where they are not; an outline has square corners there. */
const HARMLESS = ['accent-color', 'outline', 'cursor', 'color-scheme', 'overflow-wrap: anywhere', 'print-color-adjust', ':focus-visible'];

function isKnown(feature: Identifier | undefined): boolean {
  const support = feature?.__compat?.support;
  if (!support) return false;
  return Object.entries(OLD).every(([browser, oldest]) => {
    const statements: readonly SimpleSupportStatement[] = [support[browser as keyof typeof OLD] ?? []].flat();
    return statements.some(
      ({ version_added, version_removed, flags, prefix, alternative_name }) =>
        typeof version_added === 'string' &&
        Number.parseFloat(version_added.replace('≤', '')) <= oldest &&
        !version_removed &&
        !flags &&
        !prefix &&
        !alternative_name,
    );
  });
}

interface Rule {
  readonly selector: string;
  readonly declarations: readonly (readonly [property: string, value: string])[];
}

/** The rules of a style, those in `@media` too; what is in another at-rule is skipped by whoever does not know it, and named by itself. */
function partsOf(style: string): { readonly rules: readonly Rule[]; readonly atRules: readonly string[] } {
  const rules: Rule[] = [];
  const atRules: string[] = [];
  let rest = style;
  for (
    let at = /@([\w-]+)[^{]*\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}/.exec(rest);
    at;
    at = /@([\w-]+)[^{]*\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}/.exec(rest)
  ) {
    const [whole, name = '', inside = ''] = at;
    rest = rest.replace(whole, '');
    if (name === 'media') rules.push(...partsOf(inside).rules);
    else atRules.push(`@${name}`);
  }
  for (const [, selector = '', body = ''] of rest.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const declarations = body
      .split(';')
      .filter((each) => each.trim() !== '')
      .map((each) => [each.slice(0, each.indexOf(':')).trim(), each.slice(each.indexOf(':') + 1).trim()] as const);
    rules.push({ selector: selector.trim(), declarations });
  }
  return { rules, atRules };
}

/** Values and selectors that came later than these browsers. */
const LATER = /light-dark\(|color-mix\(|clamp\(|\b\d+(?:dvh|svh|lvh|cq\w+)\b|:is\(|:where\(|:has\(|^&|\s&/;

function unknownIn(style: string): string[] {
  const { rules, atRules } = partsOf(style);
  const unknown = rules.flatMap(({ selector, declarations }) => {
    const properties = new Map(declarations);
    const isGrid = /grid/.test(properties.get('display') ?? '');
    return [
      ...(LATER.test(selector) ? [selector] : []),
      ...[...selector.matchAll(/:focus-visible/g)].map(([name]) => (selector.includes(':focus:not(:focus-visible)') ? name : selector)),
      ...declarations.flatMap(([property, value]) => {
        if (property.startsWith('--') || property.startsWith('-webkit-')) return LATER.test(value) ? [`${property}: ${value}`] : [];
        // A gap between flexible boxes came later than one in a grid.
        if (property === 'gap' && properties.has('display') && !isGrid) return [`${selector} gap`];
        const known = data.css.properties?.[property];
        if (!isKnown(known)) return [property];
        const keyword = known?.[value];
        const isLater = LATER.test(value) || (keyword?.__compat !== undefined && !isKnown(keyword));
        return isLater ? [`${property}: ${value}`] : [];
      }),
    ];
  });
  return [...new Set([...unknown, ...atRules])].filter((each) => !HARMLESS.includes(each));
}

describe('what old telephones know', () => {
  test('every rule of the pages of families', () => {
    expect(unknownIn(FAMILY_STYLE)).toEqual([]);
    expect(partsOf(FAMILY_STYLE).rules.length).toBeGreaterThan(60);
  });

  test('of a plan all but what fits the words of the table into its cells, which they do not show', () => {
    expect(unknownIn(PLAN_STYLE)).toEqual([
      '.plan header gap',
      'container-type',
      'font-size: min(21px,35cqh,8.5cqw)',
      'font-size: min(40px,70cqh,18cqw)',
      'align-self: end',
      '.plan .key ul gap',
      '.plan .key li,.plan .day li gap',
      ...['@container', '@page'],
    ]);
  });

  test.each([
    ['a{inset:0}', ['inset']],
    ['a{padding-inline:1px}', ['padding-inline']],
    ['a{padding-inline-start:1px;margin:0}', []],
    ['a{border-start-end-radius:1px}', ['border-start-end-radius']],
    ['a{color:light-dark(#000,#fff)}', ['color: light-dark(#000,#fff)']],
    ['a{display:flex;gap:1rem}', ['a gap']],
    ['a{display:grid;gap:1rem}', []],
    ['a:focus-visible{color:red}', ['a:focus-visible']],
    ['a:focus:not(:focus-visible){color:red}', []],
    ['a{text-wrap:pretty}', ['text-wrap']],
    ['@media print{a{inset:0}}', ['inset']],
    ['@container (min-width:1px){a{inset:0}}', ['@container']],
    ['a:is(b){color:red}', ['a:is(b)']],
  ])('%s', (style, unknown) => {
    expect(unknownIn(style)).toEqual(unknown);
  });

  test('the first colours are the light ones, in plain values', () => {
    const [first] = partsOf(FAMILY_STYLE.replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '')).rules;
    expect(first?.declarations.filter(([name]) => name.startsWith('--')).every(([, value]) => /^#[0-9a-f]{3,6}$/.test(value))).toBe(true);
  });
});
