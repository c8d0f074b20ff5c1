/**
 * Letters that Unicode does not decompose, with the letters that people write when their keyboard lacks them. They are those of Unicode's
 * CLDR (Latin-ASCII), as in PostgreSQL's `unaccent`, and the Cyrillic, Greek and Arabic letters that keyboards confuse.
 */
const PLAIN: Readonly<Record<string, string>> = {
  a: 'ⱥᴀᶏ',
  b: 'ƀɓƃʙᴃᵬᶀ',
  c: 'ƈȼɕᴄꞓ',
  d: 'ðđɖɗƌȡᴅᴆᵭᶁᶑꝱꝺ',
  e: 'ɛɇᴇᶒᶓⱸǝə',
  f: 'ƒᵮᶂꜰꝼ',
  g: 'ɠǥɡɢʛᶃꞡɣ',
  h: 'ħɦɧʜⱨ',
  i: 'ıɩɨɪᵻᶖ',
  j: 'ȷɉɟʝᴊ',
  k: 'ƙᴋᶄⱪꝁꝃꝅꞣ',
  l: 'łƚȴɫɬɭʟᴌᶅⱡꝇꝉꝲ',
  m: 'ɱᴍᵯᶆꝳ',
  n: 'ŋɲƞȵɳɴᵰᶇꝴꞑꞥ',
  o: 'øᴏⱺꝋꝍɔɵ',
  p: 'ƥᴘᵱᵽᶈꝑꝓꝕ',
  q: 'ĸʠꝗꝙ',
  r: 'ɍɼɽɾʀᵲᵳᶉꝵꝶꞧ',
  s: 'ȿʂᵴᶊẜẝꜱꞩ',
  t: 'ŧƫƭʈȶⱦᴛᵵꝷꞇ',
  u: 'ʉᴜᵾᶙʊ',
  v: 'ʋᴠᶌỽⱱⱴꝟ',
  w: 'ᴡⱳ',
  x: 'ᶍ',
  y: 'ƴɏʏỿ',
  z: 'ƶȥɀʐʑᴢᵶᶎⱬʒ',
  aa: 'ꜳ',
  ae: 'æᴁ',
  ao: 'ꜵ',
  au: 'ꜷ',
  av: 'ꜹꜻ',
  ay: 'ꜽ',
  db: 'ȸ',
  dz: 'ʣʥ',
  hv: 'ƕ',
  ll: 'ỻ',
  ls: 'ʪ',
  lz: 'ʫ',
  oe: 'œɶ',
  oi: 'ƣ',
  oo: 'ꝏ',
  ou: 'ȣ',
  qp: 'ȹ',
  ss: 'ß',
  th: 'þᵺꝥꝧ',
  ts: 'ʦ',
  ue: 'ᵫ',
  vy: 'ꝡ',
  σ: 'ς',
  г: 'ґғ',
  к: 'қҡҝҟ',
  н: 'ңҥ',
  ж: 'җ',
  з: 'ҙ',
  х: 'ҳ',
  ч: 'ҷҹ',
  ا: 'ٱ',
  ه: 'ە',
  ي: 'یى',
  ك: 'ک',
};

/** Every character that is typed or printed as an apostrophe, and the modifier letters that stand for one. */
const APOSTROPHES = '`´‘’‛′‵ʹʻʼʽʾʿˈˊˋ՚׳ꞌ';
const QUOTATION_MARKS = '“”„‟«»″‶״ʺ';
/** Dashes that do not belong to Unicode's category of dash punctuation. */
const OTHER_DASHES = '−⁃˗⹀';

/** Maps small letters and punctuation to their plain forms. */
export const PLAIN_FORMS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(PLAIN).flatMap(([plain, letters]) => [...letters].map((letter) => [letter, plain] as const)),
  ...[...APOSTROPHES].map((sign) => [sign, "'"] as const),
  ...[...QUOTATION_MARKS].map((sign) => [sign, '"'] as const),
  ...[...OTHER_DASHES].map((sign) => [sign, '-'] as const),
]);
