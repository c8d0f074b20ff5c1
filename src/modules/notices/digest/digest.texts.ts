import type { Day } from '../../../shared/day.js';
import type { DeviceCategory } from '../../../shared/vocabulary.js';
import { type CountedReferences, type Digest, MOST_COUNTED, MOST_LISTED } from '../domain/digest.rules.js';
import { dayInWords } from '../templates/message.js';

type Language = 'fr' | 'en';

export interface DigestText {
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
}

interface DigestFacts {
  readonly councilName: string;
  readonly today: Day;
}

/** The words of one language. `one` and `many` are the forms for one thing and for several. */
interface DigestWords {
  readonly subject: (day: string) => string;
  readonly greeting: (councilName: string) => string;
  readonly lateLoans: NumberForms;
  readonly endingOffers: NumberForms;
  readonly unsignedAgreements: NumberForms;
  readonly unserved: NumberForms;
  readonly pausedChannels: NumberForms;
  readonly stuckNotices: NumberForms;
  readonly pausedSubject: (channel: string) => string;
  readonly pausedText: (channel: string, problem: string, councilName: string) => string;
  readonly deadAddresses: NumberForms;
  readonly letters: NumberForms;
  readonly moreThan: (count: number) => string;
  readonly colon: string;
  readonly end: string;
  readonly categories: Readonly<Record<DeviceCategory, string>>;
}

interface NumberForms {
  readonly one: string;
  readonly many: string;
}

const WORDS: Readonly<Record<Language, DigestWords>> = {
  fr: {
    subject: (day) => `Passerelle : à voir ce ${day}`,
    greeting: (councilName) => `Bonjour,\n\nVoici ce qui vous attend à ${councilName} :`,
    lateLoans: { one: 'prêt en retard', many: 'prêts en retard' },
    endingOffers: { one: 'proposition expire dans les deux jours', many: 'propositions expirent dans les deux jours' },
    unsignedAgreements: { one: 'prêt dont la convention est à signer', many: 'prêts dont la convention est à signer' },
    unserved: {
      one: 'demande attend un appareil dont il ne reste aucun à prêter',
      many: 'demandes attendent des appareils dont il ne reste aucun à prêter',
    },
    pausedChannels: {
      one: 'moyen d’envoi suspendu : ses réglages font refuser tous les messages',
      many: 'moyens d’envoi suspendus : leurs réglages font refuser tous les messages',
    },
    pausedSubject: (channel) => `Passerelle : l’envoi par ${channel} est suspendu`,
    pausedText: (channel, problem, councilName) =>
      `Bonjour,\n\nÀ ${councilName}, plus aucun message ne part par ${channel} : tous sont refusés (${problem}). Aucun n’est perdu : ils attendent.\n\nVérifiez les réglages, puis essayez-les (POST /api/v1/sms-gateway/test) : dès qu’un envoi réussit, tout repart.\n`,
    stuckNotices: { one: 'message n’est pas arrivé à une famille', many: 'messages ne sont pas arrivés à des familles' },
    deadAddresses: { one: 'numéro ou adresse où plus rien n’arrive', many: 'numéros ou adresses où plus rien n’arrive' },
    letters: { one: 'lettre à imprimer et à poster', many: 'lettres à imprimer et à poster' },
    moreThan: (count) => `plus de ${count}`,
    colon: ' : ',
    end: 'Pour ne plus recevoir ce message, adressez-vous à un responsable de la collectivité : il se règle dans votre compte.',
    categories: {
      desktop: 'ordinateur fixe',
      laptop: 'ordinateur portable',
      tablet: 'tablette',
      router: 'routeur',
      sim: 'carte SIM',
      smartphone: 'smartphone',
      headset: 'casque',
      webcam: 'webcam',
      printer: 'imprimante',
      charger: 'chargeur',
    },
  },
  en: {
    subject: (day) => `Passerelle: to be seen to on ${day}`,
    greeting: (councilName) => `Hello,\n\nThis is what waits for you at ${councilName}:`,
    lateLoans: { one: 'late loan', many: 'late loans' },
    endingOffers: { one: 'offer ends within two days', many: 'offers end within two days' },
    unsignedAgreements: { one: 'loan whose agreement is to be signed', many: 'loans whose agreements are to be signed' },
    unserved: {
      one: 'request waits for a device of which none is left to lend',
      many: 'requests wait for devices of which none is left to lend',
    },
    pausedChannels: {
      one: 'way of sending is paused: its settings have every message refused',
      many: 'ways of sending are paused: their settings have every message refused',
    },
    pausedSubject: (channel) => `Passerelle: sending by ${channel} is paused`,
    pausedText: (channel, problem, councilName) =>
      `Hello,\n\nAt ${councilName} no message leaves by ${channel} any more: all of them are refused (${problem}). None is lost: they wait.\n\nCheck the settings, then try them (POST /api/v1/sms-gateway/test): once a message is taken, everything leaves.\n`,
    stuckNotices: { one: 'message did not reach a family', many: 'messages did not reach families' },
    deadAddresses: { one: 'number or address that nothing reaches any more', many: 'numbers or addresses that nothing reaches any more' },
    letters: { one: 'letter to print and post', many: 'letters to print and post' },
    moreThan: (count) => `more than ${count}`,
    colon: ': ',
    end: 'To stop this message, ask a manager of the council: it is a setting of your account.',
    categories: {
      desktop: 'desktop computer',
      laptop: 'laptop',
      tablet: 'tablet',
      router: 'router',
      sim: 'SIM card',
      smartphone: 'smartphone',
      headset: 'headset',
      webcam: 'webcam',
      printer: 'printer',
      charger: 'charger',
    },
  },
};

/**
 * The mail that staff read in the morning, in the council's language where there are words in it, else in French. It has counts and
 * references, and no names.
 */
export function digestText(locale: string, { councilName, today }: DigestFacts, digest: Digest): DigestText {
  const language = locale.split('-')[0] === 'en' ? 'en' : 'fr';
  const words = WORDS[language];
  const lines = [
    lineOf(words, words.lateLoans, digest.lateLoans),
    lineOf(words, words.endingOffers, digest.endingOffers),
    lineOf(words, words.unsignedAgreements, digest.unsignedAgreements),
    lineOf(words, words.unserved, {
      count: digest.unserved.count,
      references: digest.unserved.categories.map((category) => words.categories[category]),
    }),
    lineOf(words, words.pausedChannels, digest.pausedChannels),
    lineOf(words, words.stuckNotices, digest.stuckNotices),
    lineOf(words, words.deadAddresses, digest.deadAddresses),
    lineOf(words, words.letters, { count: digest.letters, references: [] }),
  ].filter((line) => line !== null);
  return {
    language,
    subject: words.subject(dayInWords(today, language)),
    text: `${words.greeting(councilName)}\n\n${lines.join('\n')}\n\n${words.end}\n`,
  };
}

/** The mail that staff get at once when a channel is paused; `problem` is the code of the last refusal. */
export function pausedChannelText(locale: string, councilName: string, channel: string, problem: string): DigestText {
  const language = locale.split('-')[0] === 'en' ? 'en' : 'fr';
  const words = WORDS[language];
  return { language, subject: words.pausedSubject(channel), text: words.pausedText(channel, problem, councilName) };
}

/** One line of the mail. When there are more references than were read, an ellipsis follows them. */
function lineOf(words: DigestWords, { one, many }: NumberForms, { count, references }: CountedReferences): string | null {
  if (count === 0) return null;
  const number = count > MOST_COUNTED ? words.moreThan(MOST_COUNTED) : String(count);
  const list = references.join(', ');
  const more = count > references.length && references.length === MOST_LISTED ? ' …' : '';
  return `- ${number} ${count === 1 ? one : many}${list === '' ? '' : words.colon + list + more}`;
}
