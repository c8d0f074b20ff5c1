import type { JSX } from 'preact';
import { PAGE_STYLE } from '../../../shared/page.style.js';
import { PageFrame } from '../../../shared/page-frame.js';
import { textLanguage, type TextLanguage } from '../../../shared/language.js';
import { CRITERION_WORDS, weightWords } from '../domain/criteria.texts.js';
import { CRITERION_NAMES } from '../domain/priority-policy.rules.js';
import { POLICIES_TEXTS } from './policies.texts.js';
import type { PriorityPolicy } from './priority-policies.repository.js';
import type { PublicPolicies } from './priority-policies.service.js';

/** The page that shows the scale, the version that holds now first. */
export function policiesPage({ council, policies }: PublicPolicies, asked: string): JSX.Element {
  const language = textLanguage(asked);
  const texts = POLICIES_TEXTS[language];
  const title = texts.title(council.name);
  const inOrder = [...policies].sort((one, other) => Number(other.holds) - Number(one.holds));
  return (
    <PageFrame language={language} title={title} style={PAGE_STYLE}>
      <main>
        <h1>{title}</h1>
        <p>{texts.order}</p>
        <p>{texts.once}</p>
        <p>{texts.person}</p>
        {inOrder.map((policy) => (
          <Version key={policy.version} policy={policy} language={language} />
        ))}
      </main>
    </PageFrame>
  );
}

function Version({ policy, language }: { policy: PriorityPolicy; language: TextLanguage }) {
  const texts = POLICIES_TEXTS[language];
  const from = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(policy.holdsFrom));
  return (
    <>
      <h2>
        {texts.version(policy.version, from)}
        {policy.holds && ` (${texts.now})`}
      </h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.criterion}</th>
            <th scope="col">{texts.points}</th>
          </tr>
        </thead>
        <tbody>
          {CRITERION_NAMES.map((name) => (
            <tr key={name}>
              <td>{CRITERION_WORDS[language][name]}</td>
              <td>{weightWords(name, policy.scale[name], language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
