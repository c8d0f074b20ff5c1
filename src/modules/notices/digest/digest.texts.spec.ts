import { expect, test } from '@jest/globals';
import { day } from '../../../shared/day.js';
import { digestText } from './digest.texts.js';

const facts = { councilName: 'Ville de Gonesse', today: day('2026-11-02') };
const references = (count: number) => Array.from({ length: count }, (_, number) => `P-${number}`);
const nothing = { count: 0, references: [] };
const digest = {
  lateLoans: { count: 1, references: ['P-7K3M-2Q'] },
  endingOffers: nothing,
  unsignedAgreements: { count: 2, references: ['L-1', 'L-2'] },
  unserved: { count: 2, categories: ['laptop', 'tablet'] as const },
  pausedChannels: { count: 0, references: [] },
  stuckNotices: { count: 12, references: references(10) },
  deadAddresses: { count: 1, references: ['F-7K3M-2Q'] },
  letters: 1_001,
};

test('in French, line by line, without what there is none of', () => {
  const { language, subject, text } = digestText('fr-FR', facts, digest);
  expect([language, subject]).toEqual(['fr', 'Passerelle : à voir ce lundi 2 novembre 2026']);
  expect(text.split('\n').filter((line) => line.startsWith('-'))).toEqual([
    '- 1 prêt en retard : P-7K3M-2Q',
    '- 2 prêts dont la convention est à signer : L-1, L-2',
    '- 2 demandes attendent des appareils dont il ne reste aucun à prêter : ordinateur portable, tablette',
    `- 12 messages ne sont pas arrivés à des familles : ${references(10).join(', ')} …`,
    '- 1 numéro ou adresse où plus rien n’arrive : F-7K3M-2Q',
    '- plus de 1000 lettres à imprimer et à poster',
  ]);
});

test('in English where the council reads it, in French anywhere else', () => {
  expect(digestText('en-GB', facts, digest).text).toContain(
    '- 1 late loan: P-7K3M-2Q\n- 2 loans whose agreements are to be signed: L-1, L-2\n- 2 requests wait',
  );
  expect(digestText('br', facts, digest).language).toBe('fr');
});
