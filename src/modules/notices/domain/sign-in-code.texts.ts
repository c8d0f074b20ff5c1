import type { TextLanguage } from '../../../shared/language.js';
import type { NoticeText } from './channels.js';

const TEXTS: Readonly<Record<TextLanguage, { readonly subject: string; readonly body: string }>> = {
  fr: {
    subject: 'Votre code pour {councilName}',
    body: '{councilName} : votre code est {code}. Il marche 10 minutes. Ne le donnez à personne.',
  },
  en: {
    subject: 'Your code for {councilName}',
    body: '{councilName}: your code is {code}. It works for 10 minutes. Give it to nobody.',
  },
  ar: {
    subject: 'رمزكم لدى {councilName}',
    body: '{councilName}: رمزكم هو {code}. يعمل 10 دقائق. لا تعطوه لأحد.',
  },
  tr: {
    subject: '{councilName} için kodunuz',
    body: '{councilName}: kodunuz {code}. 10 dakika geçerli. Kimseye vermeyin.',
  },
  pt: {
    subject: 'O seu código para {councilName}',
    body: '{councilName}: o seu código é {code}. Serve 10 minutos. Não o dê a ninguém.',
  },
  uk: {
    subject: 'Ваш код для {councilName}',
    body: '{councilName}: ваш код {code}. Він діє 10 хвилин. Нікому його не давайте.',
  },
  ro: {
    subject: 'Codul dumneavoastră pentru {councilName}',
    body: '{councilName}: codul este {code}. Merge 10 minute. Nu îl dați nimănui.',
  },
  es: {
    subject: 'Su código para {councilName}',
    body: '{councilName}: su código es {code}. Sirve 10 minutos. No se lo dé a nadie.',
  },
};

/** A longer name would make the SMS longer than the one part that it is paid as. */
const LONGEST_NAME = 30;

interface SignInCode {
  readonly councilName: string;
  /** Six digits. */
  readonly code: string;
  /** The name of the site, without scheme and port. */
  readonly host: string;
}

/**
 * The message with a code. Its last line binds the code to the site: telephones fill it in there, and nowhere else
 * (https://wicg.github.io/sms-one-time-codes). It is no text that councils write themselves, as without the code, or that line, it would be of
 * no use.
 */
export function signInCodeText({ councilName, code, host }: SignInCode, channel: 'sms' | 'email', language: TextLanguage): NoticeText {
  const { subject, body } = TEXTS[language];
  const name = councilName.length > LONGEST_NAME ? `${councilName.slice(0, LONGEST_NAME - 1).trimEnd()}.` : councilName;
  const fill = (text: string) => text.replace(/\{councilName\}|\{code\}/g, (field) => (field === '{code}' ? code : name));
  return { subject: channel === 'email' ? fill(subject) : null, body: `${fill(body)}\n\n@${host} #${code}` };
}
