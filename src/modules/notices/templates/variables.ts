import { COMMON_VARIABLES } from '../domain/triggers/variables.js';
import { type TriggerName, variablesOf } from '../domain/triggers.js';
import type { Variables } from './message.js';

/** What a frame may use: `text` is what the notices have to say. */
export const FRAME_VARIABLES = { ...COMMON_VARIABLES, text: { kind: 'text' } } as const satisfies Variables;

const PRESENCE = { kind: 'choice', values: ['yes', 'no'] } as const;

/** What a template of a trigger may use: its facts and, for each that may be unknown, whether it is known (`until`: `hasUntil`). */
export function templateVariables(trigger: TriggerName): Variables {
  const variables = variablesOf(trigger);
  const presences = Object.keys(variables).filter((name) => mayBeNull(variables, name));
  return { ...variables, ...Object.fromEntries(presences.map((name) => [presenceOf(name), PRESENCE])) };
}

/** The facts, and for each that may be unknown whether it is known. */
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
