import { type Day, day } from '../../../shared/day.js';
import { type FactsOf, type TriggerName, variablesOf } from '../domain/triggers.js';
import type { Variable } from '../domain/triggers/variables.js';

const TEXTS: Readonly<Record<string, string>> = {
  contactName: 'Nadia Benali',
  councilName: 'Ville de Cergy',
  reference: 'F-7K3M-2Q',
  loanReference: 'P-4T9X-7C',
  siteName: 'Collège Jean-Moulin',
  pages: 'pret.cergy.fr/f',
  phone: '0139334455',
};
/** A day that is long in words: a Wednesday in September. */
const SAMPLE_DAY: Day = day('2026-09-16');
const SAMPLE_INSTANT = new Date('2026-09-16T12:30:00Z');
const SAMPLE_LIST = ['Lenovo ThinkPad L13, LT-0001', 'TP-Link Archer MR200, RT-0042'];
const COUNTS = [0, 1, 2, 3, 5, 11, 21, 100];

/** Returns sample facts with which an editor shows a template. */
export function sampleFacts<Name extends TriggerName>(trigger: Name): FactsOf<Name> {
  return Object.fromEntries(
    Object.entries(variablesOf(trigger)).map(([name, variable]) => [name, valuesOf(name, variable)[0]]),
  ) as FactsOf<Name>;
}

/** Returns the sample facts with each choice, count and null in turn, with which a text is checked. */
export function sampleVariants<Name extends TriggerName>(trigger: Name): FactsOf<Name>[] {
  const usual = sampleFacts(trigger);
  const others = Object.entries(variablesOf(trigger)).flatMap(([name, variable]) =>
    valuesOf(name, variable)
      .slice(1)
      .map((value) => ({ ...usual, [name]: value })),
  );
  return [usual, ...others];
}

function valuesOf(name: string, variable: Variable): readonly unknown[] {
  if (variable.kind === 'choice') return variable.values;
  const unknown = variable.nullable ? [null] : [];
  switch (variable.kind) {
    case 'text':
      return [TEXTS[name] ?? 'Le matériel manque pour cette classe.', ...unknown];
    case 'count':
      return [2, ...COUNTS];
    case 'day':
      return [SAMPLE_DAY, ...unknown];
    case 'instant':
      return [SAMPLE_INSTANT, ...unknown];
    case 'list':
      return [SAMPLE_LIST, ...unknown];
  }
}
