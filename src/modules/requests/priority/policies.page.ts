import { html, type Html } from '../../../shared/html.js';
import { CRITERION_WORDS, textLanguage, type TextLanguage, weightWords } from '../domain/criteria.texts.js';
import { CRITERION_NAMES } from '../domain/priority-policy.rules.js';
import type { PriorityPolicy } from './priority-policies.repository.js';
import type { PublicPolicies } from './priority-policies.service.js';

const WORDS = {
  fr: {
    title: (name: string) => `Comment ${name} classe les demandes`,
    order:
      'Chaque demande en attente reçoit des points. Celle qui en a le plus passe en premier ; à égalité, un numéro tiré au sort décide. Rien d’autre ne classe la file.',
    once: 'Les trois critères d’équipement ne s’ajoutent pas : seul le plus élevé compte.',
    person: 'Le programme propose, une personne décide. Vous pouvez demander une explication de votre rang et contester une décision.',
    version: ({ version, holdsFrom }: PriorityPolicy) => `Version ${version}, à partir du ${holdsFrom}`,
    now: 'en vigueur',
    criterion: 'Critère',
    points: 'Points',
  },
  en: {
    title: (name: string) => `How ${name} ranks requests`,
    order:
      'Every waiting request earns points. The one with most comes first; between equals a lottery number decides. Nothing else orders the queue.',
    once: 'The three criteria about equipment do not add up: only the highest counts.',
    person: 'The program proposes, a person decides. You may ask why you stand where you stand, and appeal against a decision.',
    version: ({ version, holdsFrom }: PriorityPolicy) => `Version ${version}, from ${holdsFrom}`,
    now: 'holds now',
    criterion: 'Criterion',
    points: 'Points',
  },
} as const satisfies Record<TextLanguage, unknown>;

const STYLE = html`<style>body{font:1rem/1.5 sans-serif;max-width:44rem;margin:auto;padding:1rem}table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #ccc;padding:.3rem;text-align:start}</style>`; // prettier-ignore

/** The scale as a plain page, the version that holds first. */
export function policiesPage({ council, policies }: PublicPolicies, asked: string): Html {
  const language = textLanguage(asked);
  const words = WORDS[language];
  const title = words.title(council.name);
  const inOrder = [...policies].sort((one, other) => Number(other.holds) - Number(one.holds));
  return html`<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${STYLE}
<h1>${title}</h1><p>${words.order}</p><p>${words.once}</p><p>${words.person}</p>${inOrder.map((policy) => versionSection(policy, language))}</html>`; // prettier-ignore
}

function versionSection(policy: PriorityPolicy, language: TextLanguage): Html {
  const words = WORDS[language];
  const rows = CRITERION_NAMES.map(
    (name) =>
      html`<tr>
        <td>${CRITERION_WORDS[language][name]}</td>
        <td>${weightWords(name, policy.scale[name], language)}</td>
      </tr>`,
  );
  return html`<h2>${words.version(policy)}${policy.holds ? ` (${words.now})` : ''}</h2>
<table><tr><th>${words.criterion}<th>${words.points}${rows}</table>`; // prettier-ignore
}
