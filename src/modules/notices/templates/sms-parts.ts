// GSM 03.38 (3GPP TS 23.038), default alphabet and its extension table; lengths of parts from TS 23.040.
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Each of these takes two places: an escape and itself. */
const EXTENSION = new Set('\f^{}\\[~]|€');

const ENCODINGS = { gsm7: { alone: 160, inParts: 153 }, ucs2: { alone: 70, inParts: 67 } } as const;

export interface SmsParts {
  readonly encoding: keyof typeof ENCODINGS;
  /** The places that the text takes: septets in GSM-7, UTF-16 code units in UCS-2. */
  readonly characters: number;
  readonly parts: number;
}

/**
 * Returns in how many parts a text is sent as SMS. One character outside GSM-7 makes the whole text UCS-2. No escape and no surrogate pair is
 * cut between parts.
 */
export function smsParts(text: string): SmsParts {
  const characters = [...text];
  const encoding = characters.every(isGsm) ? 'gsm7' : 'ucs2';
  const places = characters.map((character) => (encoding === 'ucs2' ? character.length : EXTENSION.has(character) ? 2 : 1));
  const total = places.reduce((sum, each) => sum + each, 0);
  const { alone, inParts } = ENCODINGS[encoding];
  return { encoding, characters: total, parts: total <= alone ? 1 : partsNeeded(places, inParts) };
}

/**
 * Returns the text as it is sent as SMS. When it fits into GSM-7 without accents and typographic signs, it is written without them, as people
 * do on their phones (`reçue` as `recue`: one part of 160 characters, not three of 67). A text in another script stays as it is.
 */
export function smsText(text: string): string {
  const composed = text.normalize('NFC');
  const plain = [...composed].map((character) => (isGsm(character) ? character : withoutAccent(character))).join('');
  return [...plain].every(isGsm) ? plain : composed;
}

function partsNeeded(places: readonly number[], room: number): number {
  let parts = 1;
  let filled = 0;
  for (const each of places) {
    if (filled + each > room) {
      parts += 1;
      filled = 0;
    }
    filled += each;
  }
  return parts;
}

function isGsm(character: string): boolean {
  return BASIC.has(character) || EXTENSION.has(character);
}

// prettier-ignore
const PLAIN_SPELLINGS: Readonly<Record<string, string>> = {
  œ: 'oe', Œ: 'OE', ı: 'i', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D',
  '’': "'", '‘': "'", ʼ: "'", '“': '"', '”': '"', '„': '"', '«': '"', '»': '"',
  '…': '...', '–': '-', '—': '-', '‑': '-', '•': '-', '·': '-', '\t': ' ', '\u00A0': ' ', '\u202F': ' ', '\u2009': ' ',
};

function withoutAccent(character: string): string {
  return PLAIN_SPELLINGS[character] ?? character.normalize('NFD').replace(/\p{M}/gu, '');
}
