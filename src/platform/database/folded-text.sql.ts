import { foldedCharacter } from '../../shared/plain-text.js';

const LAST = 0x10ffff;

/**
 * SQL of a function `name(text)` that makes of a text what `foldForSearch` does, from the same rules: for the columns that the database itself
 * derives from what is written, and for the migrations that derive them anew. Whoever changes the rules writes a migration that makes the
 * function again and derives its columns once more; a test compares both on all of Unicode.
 */
export function foldedTextFunction(name: string): string {
  const { gone, from, to, spelt } = tables();
  return `
    CREATE OR REPLACE FUNCTION ${name}(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE
      folded text := lower(replace(normalize(translate(given, '´΄᾽᾿῾', $q$'''''$q$), NFKD), '\`', '''') COLLATE "C");
    BEGIN
      IF folded ~ '[^ -~]' THEN
        folded := regexp_replace(folded COLLATE "C", E'[${gone}]', '', 'g');
        IF folded ~ '[^ -~]' THEN
          folded := translate(folded, U&'${from}', U&'${to}');
          ${spelt.map(([letter, letters]) => `folded := replace(folded, '${letter}', '${letters}');`).join('\n          ')}
        END IF;
      END IF;
      RETURN btrim(regexp_replace(folded, ' +', ' ', 'g'), ' ');
    END $$`;
}

interface Tables {
  /** Inside a class of a regular expression: what is left out. */
  readonly gone: string;
  /** One character each … */
  readonly from: string;
  /** … becomes the one in the same place. */
  readonly to: string;
  readonly spelt: readonly (readonly [string, string])[];
}

/** What becomes of every character that a text in NFKD can hold and that is not itself. */
function tables(): Tables {
  const gone: [number, number][] = [];
  let [from, to] = ['', ''];
  const spelt: [string, string][] = [];
  for (let code = 1; code <= LAST; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const character = String.fromCodePoint(code);
    const folded = foldedCharacter(character);
    if (folded === character) continue;
    if (folded === '') addTo(gone, code);
    else if (character.normalize('NFKD') !== character || /[A-Z]/.test(character)) continue;
    else if (folded.length > 1 && [...folded].length > 1) spelt.push([character, folded]);
    else [from, to] = [from + escaped(code), to + escaped(folded.codePointAt(0) ?? 0)];
  }
  return { gone: gone.map(([first, last]) => `${inClass(first)}${first === last ? '' : `-${inClass(last)}`}`).join(''), from, to, spelt };
}

function addTo(ranges: [number, number][], code: number): void {
  const last = ranges.at(-1);
  if (last && last[1] === code - 1) last[1] = code;
  else ranges.push([code, code]);
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');
const escaped = (code: number): string => `\\+${hex(code, 6)}`;
/** Inside a string with escapes, the regular expression itself has the escape. */
const inClass = (code: number): string => `\\\\U${hex(code, 8)}`;
