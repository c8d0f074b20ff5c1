import { type Location, type MessageFormatElement, type PluralElement, type SelectElement, TYPE } from '@formatjs/icu-messageformat-parser';
import type { Fault } from '../../../shared/denial.js';
import type { Variable, Variables } from '../domain/triggers/variables.js';
import { DATE_STYLES, parseMessage } from './message.js';
import { wordFor } from './shipped.js';

type Finding = Pick<Fault, 'code' | 'message'>;
type VariableKind = Variable['kind'];

/**
 * Returns everything that is wrong with a message in ICU MessageFormat: its syntax, the variables that it names, how it uses them, and missing
 * plural forms.
 */
export function messageFaults(text: string, variables: Variables, language: string, pointer: string): Fault[] {
  let elements: MessageFormatElement[];
  try {
    elements = parseMessage(text);
  } catch (error) {
    return [{ pointer, ...syntaxFinding(error as SyntaxError & { location?: Location }) }];
  }
  return findings(elements, variables, language).map((finding) => ({ pointer, ...finding }));
}

function findings(elements: readonly MessageFormatElement[], variables: Variables, language: string): Finding[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal) return quotedBraces(element.value, element.location);
    if (element.type === TYPE.pound || element.type === TYPE.tag) return [];
    const variable = Object.hasOwn(variables, element.value) ? variables[element.value] : undefined;
    if (!variable) return [unknownVariable(element.value, variables, element.location)];
    const own = kindFindings(element, variable, language);
    if (element.type !== TYPE.select && element.type !== TYPE.plural) return own;
    const inside = Object.values(element.options).flatMap(({ value }) => findings(value, variables, language));
    return [...own, ...inside];
  });
}

/** Returns faults where a variable is used in a way that its kind does not allow, or with unknown styles and forms. */
function kindFindings(element: Exclude<MessageFormatElement, { type: TYPE.pound }>, variable: Variable, language: string): Finding[] {
  const { value: name, location } = element;
  const needs = (use: string, ...kinds: VariableKind[]): Finding[] =>
    kinds.includes(variable.kind)
      ? []
      : [finding('WRONG_KIND', `{${name}} is a ${variable.kind}, which can't be used as ${use}: ${USES[variable.kind]}`, location)];

  switch (element.type) {
    case TYPE.argument:
      return variable.kind === 'choice' ? wordFindings(name, variable.values, language, location) : [];
    case TYPE.number:
      return [...needs('a number', 'count'), ...styleFindings(name, element.style, [], location)];
    case TYPE.date:
      return [...needs('a date', 'day', 'instant'), ...styleFindings(name, element.style, DATE_STYLES, location)];
    case TYPE.time:
      return [...needs('a time', 'instant'), ...styleFindings(name, element.style, DATE_STYLES, location)];
    case TYPE.select:
      return variable.kind === 'choice' ? branchFindings(element, variable.values) : needs('a select', 'choice');
    case TYPE.plural:
      return variable.kind === 'count' ? formFindings(element, language) : needs('a plural', 'count');
    default:
      return [];
  }
}

const USES: Readonly<Record<VariableKind, string>> = {
  text: 'write it alone',
  list: 'write it alone',
  count: 'write it alone, or with plural',
  day: 'write it alone, or with date',
  instant: 'write it alone, or with date or time',
  choice: 'write it with select',
};

/** A choice that is written alone reads as its word, where the language has words for it. */
function wordFindings(name: string, values: readonly string[], language: string, location?: Location): Finding[] {
  if (values.every((value) => wordFor(language, name, value) !== null)) return [];
  return [finding('WRONG_KIND', `{${name}} has no word of its own in ${language}: write it with select (${values.join(', ')})`, location)];
}

function styleFindings(name: string, style: unknown, known: readonly string[], location?: Location): Finding[] {
  if (style == null || (typeof style === 'string' && known.includes(style))) return [];
  const instead = known.length > 0 ? `is none of the styles ${known.join(', ')}` : 'takes no style';
  return [finding('UNKNOWN_STYLE', `{${name}} ${instead}`, location)];
}

function branchFindings({ value: name, options, location }: SelectElement, values: readonly string[]): Finding[] {
  const unknown = Object.keys(options).filter((key) => key !== 'other' && !values.includes(key));
  if (unknown.length === 0) return [];
  return [finding('UNKNOWN_CHOICE', `{${name}} is never ${unknown.join(', ')}: it is one of ${values.join(', ')}`, location)];
}

/** Forms are checked for counts up to this number: some languages have further forms for millions, which no family reads. */
const MOST = 999;

/** Checks the plural forms of the language for the counts up to `MOST` that have no exact branch (`=0`). */
function formFindings({ value: name, options, offset, pluralType, location }: PluralElement, language: string): Finding[] {
  const rules = new Intl.PluralRules(language, { type: pluralType });
  const examples = new Map<string, number[]>();
  for (let count = 0; count <= MOST; count += 1) {
    if (Object.hasOwn(options, `=${count}`)) continue;
    const form = rules.select(count - offset);
    examples.set(form, [...(examples.get(form) ?? []), count]);
  }
  const missing = [...examples].filter(([form]) => !Object.hasOwn(options, form));
  const unknown = Object.keys(options).filter((form) => !form.startsWith('=') && !FORMS.has(form));
  return [
    ...missing.map(([form, counts]) =>
      finding('MISSING_PLURAL_FORM', `{${name}} needs the form ${form} in ${language} (${counts.slice(0, 3).join(', ')}…)`, location),
    ),
    ...unknown.map((form) => finding('UNKNOWN_PLURAL_FORM', `{${name}} has the form ${form}, which no language has`, location)),
  ];
}

const FORMS: ReadonlySet<string> = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);

/** An apostrophe before a brace makes the brace plain text, which nobody who writes `d'{device}` means. */
function quotedBraces(literal: string, location?: Location): Finding[] {
  if (!/[{}]/.test(literal)) return [];
  return [finding('QUOTED_BRACE', "an apostrophe before a brace makes it plain text: write ’ or '' there", location)];
}

function unknownVariable(name: string, variables: Variables, location?: Location): Finding {
  return finding('UNKNOWN_VARIABLE', `{${name}} has no meaning here; there are ${Object.keys(variables).join(', ')}`, location);
}

function syntaxFinding({ message, location }: { message: string; location?: Location }): Finding {
  if (message === 'MISSING_OTHER_CLAUSE') return finding('MISSING_OTHER', 'select and plural need the branch other', location);
  return finding('SYNTAX', `is not ICU MessageFormat: ${message.toLowerCase().replaceAll('_', ' ')}`, location);
}

function finding(code: string, message: string, location?: Location): Finding {
  const start = location?.start;
  return { code, message: start ? `${message} (line ${start.line}, column ${start.column})` : message };
}
