/** One letter for each remainder by 23: I, O and Q are left out. */
const KEYS = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/** Whether a text is a UAI, the code of a French school: 7 digits, then the letter that belongs to their remainder by 23. */
export function isUai(text: string): boolean {
  return /^\d{7}[A-Z]$/.test(text) && KEYS[Number(text.slice(0, 7)) % KEYS.length] === text[7];
}

/** The UAI as it is stored, capitals without spaces around; null when it is none. */
export function normaliseUai(text: string): string | null {
  const code = text.trim().toUpperCase();
  return isUai(code) ? code : null;
}
