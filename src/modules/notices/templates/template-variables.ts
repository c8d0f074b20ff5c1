import { COMMON_VARIABLES, type Variables } from '../domain/triggers/variables.js';
import { type TriggerName, variablesOf } from '../domain/triggers.js';

/** The variables of a frame; `text` stands for the texts of the notices. */
export const FRAME_VARIABLES = { ...COMMON_VARIABLES, text: { kind: 'text' } } as const satisfies Variables;

const PRESENCE = { kind: 'choice', values: ['yes', 'no'] } as const;

/** Returns the variables of a template: those of its trigger and, for each that may be null, whether it is known (`hasUntil` for `until`). */
export function templateVariables(trigger: TriggerName): Variables {
  const variables = variablesOf(trigger);
  const presences = Object.keys(variables).filter((name) => mayBeNull(variables, name));
  return { ...variables, ...Object.fromEntries(presences.map((name) => [presenceOf(name), PRESENCE])) };
}

/** Returns the facts and, for each that may be null, whether it is known. */
export function withPresence(variables: Variables, facts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const presences = Object.keys(variables).filter((name) => mayBeNull(variables, name));
  return { ...facts, ...Object.fromEntries(presences.map((name) => [presenceOf(name), facts[name] == null ? 'no' : 'yes'])) };
}

function mayBeNull(variables: Variables, name: string): boolean {
  const variable = variables[name];
  return variable !== undefined && 'nullable' in variable && variable.nullable === true;
}

function presenceOf(name: string): string {
  return `has${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
