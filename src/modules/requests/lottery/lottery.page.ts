import { html, type Html } from '../../../shared/html.js';
import { textLanguage, type TextLanguage } from '../domain/criteria.texts.js';
import type { PublicCycleView, PublicLotteryView } from './dto/cycle.dto.js';

const WORDS = {
  fr: {
    title: (name: string) => `Tirage au sort de ${name}`,
    how: 'À égalité de points, un numéro départage les demandes. Le programme tire une graine secrète et publie aussitôt son empreinte (SHA-256), avec le nom d’une valeur publique que personne ne connaît encore. Quand cette valeur est connue, la clé est SHA-256(graine suivie de la valeur), et le numéro d’un foyer est HMAC-SHA256(clé, identifiant du foyer) : le plus petit passe d’abord. À la clôture, la graine est publiée, et chacun peut tout refaire.',
    first: 'Avant le premier tirage : empreinte de la clé',
    key: 'clé',
    cycle: (number: number) => `Tirage ${number}`,
    states: { announced: 'annoncé', opened: 'ouvert', closed: 'clos' },
    hash: 'Empreinte de la graine',
    value: 'Valeur publique',
    seed: 'Graine',
    reason: 'Raison du nouveau tirage',
    ticket: 'Numéro du foyer demandé',
    later: 'publiée plus tard',
    ask: 'Identifiant du foyer',
    check: 'Vérifier',
  },
  en: {
    title: (name: string) => `The lottery of ${name}`,
    how: 'Between equal points a number decides. The program draws a secret seed and at once publishes its SHA-256, with the name of a public value that nobody knows yet. Once that value is known, the key is SHA-256(seed followed by the value), and the number of a household is HMAC-SHA256(key, id of the household): the lower one comes first. When the cycle is closed the seed is published, and anybody can reckon it all again.',
    first: 'Before the first cycle: SHA-256 of the key',
    key: 'key',
    cycle: (number: number) => `Cycle ${number}`,
    states: { announced: 'announced', opened: 'open', closed: 'closed' },
    hash: 'SHA-256 of the seed',
    value: 'Public value',
    seed: 'Seed',
    reason: 'Why tickets were drawn again',
    ticket: 'Number of the household asked for',
    later: 'published later',
    ask: 'Id of the household',
    check: 'Check',
  },
} as const satisfies Record<TextLanguage, unknown>;

const STYLE = html`<style>
  body {
    font: 1rem/1.5 sans-serif;
    max-width: 44rem;
    margin: auto;
    padding: 1rem;
  }
  dd {
    overflow-wrap: anywhere;
  }
</style>`;

/** What was committed to and what can be checked, as a plain page. */
export function lotteryPage({ council, firstKeyHash, firstKey, cycles }: PublicLotteryView, asked: string): Html {
  const language = textLanguage(asked);
  const words = WORDS[language];
  const title = words.title(council.name);
  const first =
    firstKeyHash === null ? [] : [html`<dl>${entry(words.first, firstKeyHash)}${entry(words.key, firstKey ?? words.later)}</dl>`];
  return html`<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${STYLE}
<h1>${title}</h1><p>${words.how}</p><form><label>${words.ask} <input name="householdId" required></label> <button>${words.check}</button></form>
${first}${cycles.map((cycle) => cycleSection(cycle, language))}</html>`; // prettier-ignore
}

function cycleSection(
  { number, state, seedHash, publicValueName, publicValue, seed, reason, ticket }: PublicCycleView,
  language: TextLanguage,
): Html {
  const words = WORDS[language];
  return html`<h2>${words.cycle(number)} (${words.states[state]})</h2>
<dl>${entry(words.hash, seedHash)}${entry(`${words.value} (${publicValueName})`, publicValue ?? words.later)}${entry(words.seed, seed ?? words.later)}
${reason === null ? [] : [entry(words.reason, reason)]}${ticket === null ? [] : [entry(words.ticket, ticket)]}</dl>`; // prettier-ignore
}

const entry = (term: string, text: string): Html =>
  html`<dt>${term}</dt>
    <dd>${text}</dd>`;
