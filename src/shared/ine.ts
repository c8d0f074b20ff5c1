/**
 * The shapes of the French pupil and student number (INE), 11 characters each. The first three are as in
 * mission-apprentissage/flux-retour-cfas (ineApprenant.js). The last is older and given by universities: base 36 with a check digit.
 */
const WRITTEN_WITH_SPACES = [
  /^\d{9}[A-Z]{2}$/i, // RNIE, since 2018
  /^\d{10}[A-Z]$/i, // BEA, before
  /^\d{4}A\d{5}[A-Z]$/i, // apprentices
];
const UNIVERSITY = /^(?=.*[A-Z])\d[\dA-Z]{9}\d$/i;

/**
 * Whether a whole text has the shape of an INE, which Passerelle refuses to store. The shape of the universities is loose, so it counts
 * only if the text has no spaces and starts with a digit; otherwise `12 RUE FOCH 75` and `STUDENT0001` would be refused too.
 */
export function looksLikeIne(text: string): boolean {
  const written = text.trim();
  const joined = written.replace(/\s/g, '');
  return UNIVERSITY.test(written) || WRITTEN_WITH_SPACES.some((shape) => shape.test(joined));
}
