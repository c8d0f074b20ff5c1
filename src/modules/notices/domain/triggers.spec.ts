import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { day } from '../../../shared/day.js';
import { INCIDENT_OUTCOMES } from '../../loans/index.js';
import { type Channel, CHANNELS, type NoticeText } from './channels.js';
import { COMMON_VARIABLES } from './triggers/variables.js';
import { type FactsOf, TRIGGER_NAMES, TRIGGERS, variablesOf } from './triggers.js';

const PLANNING = fileURLToPath(new URL('../planning/', import.meta.url));
const PLANNERS = readdirSync(PLANNING)
  .map((file) => readFileSync(join(PLANNING, file), 'utf8'))
  .join('\n');

describe('the triggers', () => {
  test('offers that can still be taken, what is taken away and recalls are urgent, nothing else is', () => {
    expect(TRIGGER_NAMES.filter((name) => TRIGGERS[name].urgent)).toEqual([
      'offer_made',
      'offer_expiring',
      'offer_withdrawn',
      'pickup_cancelled',
      'loan_recalled',
    ]);
  });

  test.each(TRIGGER_NAMES)('%s has the common variables, and none of its own in their place', (name) => {
    expect(Object.keys(variablesOf(name))).toEqual([...Object.keys(COMMON_VARIABLES), ...Object.keys(TRIGGERS[name].variables)]);
  });

  test.each(TRIGGER_NAMES)('%s is planned: a service of notices/planning names it', (name) => {
    expect(PLANNERS).toContain(`'${name}'`);
  });

  test('an incident can end in all the ways that loans know', () => {
    expect(TRIGGERS.incident_closed.variables.outcome.values).toEqual(INCIDENT_OUTCOMES);
  });

  test('the type of facts follows the table', () => {
    const facts: FactsOf<'request_suspended'> = {
      contactName: 'Nadia B.',
      councilName: 'Ville de Cergy',
      reference: 'F-7K3M-2Q',
      pages: 'pret.cergy.fr/f',
      phone: null,
      deviceClass: 'computer',
      missed: 2,
      until: null,
    };
    expect(Object.keys(facts)).toEqual(Object.keys(variablesOf('request_suspended')));
    // @ts-expect-error a class is one of three words
    const wrongWord: FactsOf<'request_suspended'> = { ...facts, deviceClass: 'car' };
    // @ts-expect-error an offer's last day is never unknown
    const wrongNull: Pick<FactsOf<'offer_made'>, 'expiresOn'> = { expiresOn: null };
    const right: Pick<FactsOf<'offer_made'>, 'expiresOn'> = { expiresOn: day('2026-11-02') };
    expect([wrongWord, wrongNull, right]).toHaveLength(3);
  });

  test('an SMS has no subject', () => {
    const texts: Record<Channel, NoticeText> = {
      sms: { subject: null, body: 'b' },
      email: { subject: 's', body: 'b' },
      letter: { subject: 's', body: 'b' },
    };
    expect(Object.keys(texts)).toEqual(CHANNELS);
  });
});
