import { directionOf, textLanguage, type TextLanguage } from '../../../shared/language.js';
import { html, type Html } from '../../../shared/html.js';
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
  ar: {
    title: (name: string) => `قرعة ${name}`,
    how: 'عند تساوي النقاط يفصل رقم بين الطلبات. يسحب البرنامج بذرة سرية وينشر فورا بصمتها (SHA-256) مع اسم قيمة علنية لا يعرفها أحد بعد. وعندما تُعرف هذه القيمة يصبح المفتاح SHA-256(البذرة ثم القيمة)، ورقم العائلة هو HMAC-SHA256(المفتاح، معرّف العائلة): الأصغر يتقدم. وعند الإغلاق تُنشر البذرة، ويمكن لأي شخص أن يعيد الحساب كله.',
    first: 'قبل القرعة الأولى: بصمة المفتاح',
    key: 'المفتاح',
    cycle: (number: number) => `القرعة ${number}`,
    states: { announced: 'معلنة', opened: 'مفتوحة', closed: 'مغلقة' },
    hash: 'بصمة البذرة',
    value: 'القيمة العلنية',
    seed: 'البذرة',
    reason: 'سبب إعادة القرعة',
    ticket: 'رقم العائلة المطلوبة',
    later: 'تُنشر لاحقا',
    ask: 'معرّف العائلة',
    check: 'تحقق',
  },
  tr: {
    title: (name: string) => `${name} kurası`,
    how: 'Puanlar eşitse bir numara belirler. Program gizli bir tohum çeker ve onun SHA-256 özetini, henüz kimsenin bilmediği bir açık değerin adıyla birlikte hemen yayımlar. Bu değer belli olunca anahtar SHA-256(tohum, ardından değer) olur; bir ailenin numarası HMAC-SHA256(anahtar, ailenin kimliği) ile bulunur: küçük olan önce gelir. Kura kapanınca tohum yayımlanır ve herkes her şeyi yeniden hesaplayabilir.',
    first: 'İlk kuradan önce: anahtarın SHA-256 özeti',
    key: 'anahtar',
    cycle: (number: number) => `${number}. kura`,
    states: { announced: 'duyuruldu', opened: 'açık', closed: 'kapandı' },
    hash: 'Tohumun SHA-256 özeti',
    value: 'Açık değer',
    seed: 'Tohum',
    reason: 'Yeni kuranın nedeni',
    ticket: 'Sorulan ailenin numarası',
    later: 'daha sonra yayımlanacak',
    ask: 'Ailenin kimliği',
    check: 'Denetle',
  },
  pt: {
    title: (name: string) => `Sorteio de ${name}`,
    how: 'Com pontos iguais decide um número. O programa tira uma semente secreta e publica logo o seu SHA-256, com o nome de um valor público que ninguém conhece ainda. Quando esse valor é conhecido, a chave é SHA-256(semente seguida do valor), e o número de um agregado é HMAC-SHA256(chave, identificador do agregado): o mais baixo passa primeiro. No fecho a semente é publicada, e qualquer pessoa pode refazer tudo.',
    first: 'Antes do primeiro sorteio: SHA-256 da chave',
    key: 'chave',
    cycle: (number: number) => `Sorteio ${number}`,
    states: { announced: 'anunciado', opened: 'aberto', closed: 'fechado' },
    hash: 'SHA-256 da semente',
    value: 'Valor público',
    seed: 'Semente',
    reason: 'Razão do novo sorteio',
    ticket: 'Número do agregado pedido',
    later: 'publicada mais tarde',
    ask: 'Identificador do agregado',
    check: 'Verificar',
  },
  uk: {
    title: (name: string) => `Жеребкування: ${name}`,
    how: 'За рівних балів вирішує номер. Програма витягує таємне зерно й одразу публікує його SHA-256 разом із назвою публічного значення, якого ще ніхто не знає. Коли це значення стає відомим, ключ — це SHA-256(зерно, за ним значення), а номер родини — HMAC-SHA256(ключ, ідентифікатор родини): менший іде першим. Після закриття зерно публікують, і кожен може все обчислити знову.',
    first: 'До першого жеребкування: SHA-256 ключа',
    key: 'ключ',
    cycle: (number: number) => `Жеребкування ${number}`,
    states: { announced: 'оголошено', opened: 'відкрито', closed: 'закрито' },
    hash: 'SHA-256 зерна',
    value: 'Публічне значення',
    seed: 'Зерно',
    reason: 'Чому жеребкування повторено',
    ticket: 'Номер указаної родини',
    later: 'буде опубліковано пізніше',
    ask: 'Ідентифікатор родини',
    check: 'Перевірити',
  },
  ro: {
    title: (name: string) => `Tragerea la sorți: ${name}`,
    how: 'La puncte egale decide un număr. Programul trage o sămânță secretă și publică imediat SHA-256 al ei, cu numele unei valori publice pe care nu o știe încă nimeni. Când valoarea este cunoscută, cheia este SHA-256(sămânța urmată de valoare), iar numărul unei gospodării este HMAC-SHA256(cheia, identificatorul gospodăriei): cel mai mic trece întâi. La închidere sămânța se publică și oricine poate reface totul.',
    first: 'Înainte de prima tragere: SHA-256 al cheii',
    key: 'cheia',
    cycle: (number: number) => `Tragerea ${number}`,
    states: { announced: 'anunțată', opened: 'deschisă', closed: 'închisă' },
    hash: 'SHA-256 al seminței',
    value: 'Valoarea publică',
    seed: 'Sămânța',
    reason: 'Motivul noii trageri',
    ticket: 'Numărul gospodăriei cerute',
    later: 'se publică mai târziu',
    ask: 'Identificatorul gospodăriei',
    check: 'Verifică',
  },
  es: {
    title: (name: string) => `Sorteo de ${name}`,
    how: 'A igualdad de puntos decide un número. El programa saca una semilla secreta y publica enseguida su SHA-256, con el nombre de un valor público que nadie conoce aún. Cuando ese valor se conoce, la clave es SHA-256(semilla seguida del valor), y el número de un hogar es HMAC-SHA256(clave, identificador del hogar): el más bajo pasa primero. Al cerrar se publica la semilla, y cualquiera puede rehacerlo todo.',
    first: 'Antes del primer sorteo: SHA-256 de la clave',
    key: 'clave',
    cycle: (number: number) => `Sorteo ${number}`,
    states: { announced: 'anunciado', opened: 'abierto', closed: 'cerrado' },
    hash: 'SHA-256 de la semilla',
    value: 'Valor público',
    seed: 'Semilla',
    reason: 'Razón del nuevo sorteo',
    ticket: 'Número del hogar pedido',
    later: 'se publica más tarde',
    ask: 'Identificador del hogar',
    check: 'Comprobar',
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
  return html`<!doctype html><html lang="${language}" dir="${directionOf(language)}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${STYLE}
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
