import { cleanText, hasControls } from '../../../shared/plain-text.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import { textIn } from '../../parts/forms.js';
import type { AgreementKey } from './agreement.texts.js';

export const LONGEST_NAME = 200;

export type SigningFaults = Readonly<Partial<Record<'name' | 'agree', AgreementKey>>>;

/** Reads the typed name of a signature, or says what is wrong with each field. */
export function readSignature(body: unknown): Result<string, SigningFaults> {
  const typed = textIn(body, 'name');
  const name = hasControls(typed) ? typed : cleanText(typed);
  const nameFault = faultOfName(name);
  const isAgreed = textIn(body, 'agree') === 'yes';
  if (nameFault === null && isAgreed) return ok(name);
  return refused({ ...(nameFault !== null && { name: nameFault }), ...(!isAgreed && { agree: 'agreeMissing' }) });
}

function faultOfName(name: string): AgreementKey | null {
  if (name === '') return 'nameMissing';
  if (name.length > LONGEST_NAME) return 'nameLong';
  return hasControls(name) || !/\p{L}/u.test(name) ? 'nameSigns' : null;
}
