import type { TextLanguage } from '../../../shared/language.js';

/** What the letter with a printed code tells. */
export interface AccessCodeFacts {
  readonly contactName: string;
  readonly councilName: string;
  readonly reference: string;
  readonly code: string;
  /** The address of the page where both are typed, without what a reader need not type. */
  readonly page: string;
  /** The last day of the code, in words. */
  readonly until: string;
}

interface AccessCodeLetter {
  readonly subject: string;
  /** Paragraphs with blank lines between them. */
  readonly body: string;
}

type Words = (facts: AccessCodeFacts) => readonly [subject: string, ...paragraphs: string[]];

/** Latin words and figures in a text from right to left, which keep their own direction (UAX #9). */
const apart = (text: string) => `\u2068${text}\u2069`;

/** Plain words and short sentences; the children are not named. */
const WORDS: Readonly<Record<TextLanguage, Words>> = {
  fr: ({ contactName, councilName, reference, code, page, until }) => [
    'Votre code pour voir votre dossier',
    `Bonjour ${contactName},`,
    'Avec ce code, vous voyez votre dossier sur un téléphone : où en est votre demande, ce qui vous est prêté, et quand le rendre.',
    'Prenez en photo le carré en bas de cette lettre avec votre téléphone.',
    `Ou ouvrez cette adresse :\n${page}`,
    `Dossier : ${reference}\nCode : ${code}`,
    `Le code sert autant de fois que vous voulez, jusqu’au ${until}. Ne le donnez à personne. Si vous perdez cette lettre, demandez-en une autre à l’école : l’ancien code ne marchera plus.`,
    councilName,
  ],
  en: ({ contactName, councilName, reference, code, page, until }) => [
    'Your code to see your file',
    `Hello ${contactName},`,
    'With this code you see your file on a phone: where your request stands, what is lent to you, and when to bring it back.',
    'Point the camera of your phone at the square at the end of this letter.',
    `Or open this address:\n${page}`,
    `File: ${reference}\nCode: ${code}`,
    `You can use the code as often as you like, until ${until}. Give it to nobody. If you lose this letter, ask the school for another one: the old code will work no longer.`,
    councilName,
  ],
  ar: ({ contactName, councilName, reference, code, page, until }) => [
    'رمزكم لرؤية ملفكم',
    `مرحبًا ${apart(contactName)}،`,
    'بهذا الرمز ترون ملفكم على الهاتف: أين وصل طلبكم، وما أعرناكم، ومتى يجب إرجاعه.',
    'وجّهوا كاميرا هاتفكم إلى المربع في أسفل هذه الرسالة.',
    `أو افتحوا هذا العنوان:\n${apart(page)}`,
    `الملف: ${apart(reference)}\nالرمز: ${apart(code)}`,
    `يمكنكم استعمال الرمز كلما أردتم، حتى ${until}. لا تعطوه لأحد. إذا ضاعت هذه الرسالة فاطلبوا غيرها من المدرسة: عندها لن يعمل الرمز القديم.`,
    apart(councilName),
  ],
  tr: ({ contactName, councilName, reference, code, page, until }) => [
    'Dosyanızı görmek için kodunuz',
    `Merhaba ${contactName},`,
    'Bu kodla dosyanızı telefonda görürsünüz: başvurunuz ne durumda, size ne ödünç verildi, ne zaman geri getireceksiniz.',
    'Telefonunuzun kamerasını bu mektubun sonundaki kareye tutun.',
    `Ya da bu adresi açın:\n${page}`,
    `Dosya: ${reference}\nKod: ${code}`,
    `Kodu istediğiniz kadar kullanabilirsiniz. Son gün: ${until}. Kodu kimseye vermeyin. Bu mektubu kaybederseniz okuldan yenisini isteyin: o zaman eski kod çalışmaz.`,
    councilName,
  ],
  pt: ({ contactName, councilName, reference, code, page, until }) => [
    'O seu código para ver o seu processo',
    `Bom dia, ${contactName},`,
    'Com este código, vê o seu processo num telemóvel: em que ponto está o seu pedido, o que lhe foi emprestado e quando deve devolver.',
    'Aponte a câmara do telemóvel para o quadrado no fim desta carta.',
    `Ou abra este endereço:\n${page}`,
    `Processo: ${reference}\nCódigo: ${code}`,
    `Pode usar o código as vezes que quiser, até ${until}. Não o dê a ninguém. Se perder esta carta, peça outra à escola: o código antigo deixa de funcionar.`,
    councilName,
  ],
  uk: ({ contactName, councilName, reference, code, page, until }) => [
    'Ваш код, щоб бачити свою справу',
    `Добрий день, ${contactName}!`,
    'З цим кодом ви бачите свою справу в телефоні: що з вашим запитом, що вам позичено і коли це повернути.',
    'Наведіть камеру телефона на квадрат унизу цього листа.',
    `Або відкрийте цю адресу:\n${page}`,
    `Справа: ${reference}\nКод: ${code}`,
    `Кодом можна користуватися скільки завгодно. Останній день: ${until}. Не давайте його нікому. Якщо загубите цей лист, попросіть у школі інший: тоді старий код не діятиме.`,
    councilName,
  ],
  ro: ({ contactName, councilName, reference, code, page, until }) => [
    'Codul dumneavoastră pentru a vedea dosarul',
    `Bună ziua, ${contactName},`,
    'Cu acest cod vedeți dosarul pe telefon: în ce stadiu este cererea, ce v-am împrumutat și când trebuie adus înapoi.',
    'Îndreptați camera telefonului spre pătratul de la sfârșitul acestei scrisori.',
    `Sau deschideți această adresă:\n${page}`,
    `Dosar: ${reference}\nCod: ${code}`,
    `Puteți folosi codul de câte ori doriți, până ${until}. Nu îl dați nimănui. Dacă pierdeți scrisoarea, cereți alta la școală: codul vechi nu va mai funcționa.`,
    councilName,
  ],
  es: ({ contactName, councilName, reference, code, page, until }) => [
    'Su código para ver su expediente',
    `Buenos días, ${contactName}:`,
    'Con este código ve su expediente en un teléfono: cómo va su solicitud, qué se le ha prestado y cuándo debe devolverlo.',
    'Apunte la cámara del teléfono al cuadrado que está al final de esta carta.',
    `O abra esta dirección:\n${page}`,
    `Expediente: ${reference}\nCódigo: ${code}`,
    `Puede usar el código tantas veces como quiera, hasta el ${until}. No se lo dé a nadie. Si pierde esta carta, pida otra en la escuela: el código antiguo dejará de funcionar.`,
    councilName,
  ],
};

/** Writes the letter that brings a printed code. */
export function accessCodeLetter(facts: AccessCodeFacts, language: TextLanguage): AccessCodeLetter {
  const [subject, ...paragraphs] = WORDS[language](facts);
  return { subject, body: paragraphs.join('\n\n') };
}
